/** Carries out one `migrate` command, and says what it did in one line. */
import { readModelFile } from '@iris/model-file';
import { PredictionLogError } from '@iris/prediction-log';
import { logTarget, type MigrationOutcome, migrateDatabase } from '@iris/prediction-log/postgres';
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { HELP, type MigrateCommand, OPTION_NAMES, parseCommandLine, UsageError } from './command-line.ts';

/** Between two attempts while the database is away. */
const PAUSE_MS = 1000;
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** What the command needs of the process. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/**
 * Runs the command line.
 *
 * @param argv the arguments after the program's name.
 * @returns the exit code.
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, stdout, stderr } = surroundings;
  try {
    const taken = optionsTakenByNpm(OPTION_NAMES, environment);
    if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run migrate -- --target species'));
    const command = parseCommandLine(argv, environment);
    stdout.write(command ? await carryOut(command, surroundings) : HELP);
    return EXIT.ok;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  const isSetting = error instanceof SettingsError || (error instanceof PredictionLogError && !error.transient);
  return isSetting ? EXIT_CONFIG : EXIT.failed;
}

async function carryOut({ databaseUrl, target, waitMs }: MigrateCommand, surroundings: Surroundings): Promise<string> {
  const name = typeof target === 'string' ? target : logTarget((await readModelFile(target.modelFile)).dataset.target);
  const options = { connectionString: databaseUrl, target: name };
  const { from, to } = await patiently(() => migrateDatabase(options), waitMs, surroundings);
  const done = from === to ? `is in shape at step ${to}: nothing to do` : `is migrated from step ${from} to ${to}`;
  return `The table predictions, for "${name}", ${done}.\n`;
}

/** The reason of the first failure is told at once: who waits wants to know what for. */
async function patiently(
  migrate: () => Promise<MigrationOutcome>,
  waitMs: number,
  { stderr, sleep, clock }: Surroundings,
): Promise<MigrationOutcome> {
  const deadline = clock() + waitMs;
  for (let told = false; ; told = true) {
    try {
      return await migrate();
    } catch (error) {
      const isLater = error instanceof PredictionLogError && error.transient;
      if (!isLater || clock() + PAUSE_MS > deadline) throw error;
      if (!told) stderr.write(`${error.message}; trying again for ${Math.round(waitMs / 1000)} s\n`);
      await sleep(PAUSE_MS);
    }
  }
}
