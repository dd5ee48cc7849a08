/** Carries out one `migrate` command, and says what it did in one line. */
import { PredictionLogError } from '@iris/prediction-log';
import { type MigrationOutcome, migrateDatabase } from '@iris/prediction-log/postgres';
import { runCommand, type Surroundings } from '../command.ts';
import { openLogDatabase } from '../log-database.ts';
import { HELP, type MigrateCommand, OPTION_NAMES, parseCommandLine } from './command-line.ts';

/** Between two attempts while the database is away. */
const PAUSE_MS = 1000;
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** What the command needs of the process. */
export interface MigrateSurroundings extends Surroundings {
  readonly stdout: NodeJS.WritableStream;
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
export function run(argv: readonly string[], surroundings: MigrateSurroundings): Promise<number> {
  const { environment, stdout } = surroundings;
  async function carryOut(): Promise<number> {
    const command = parseCommandLine(argv, environment);
    stdout.write(command ? await migrate(command, surroundings) : HELP);
    return EXIT.ok;
  }
  const example = 'npm run migrate -- --target species';
  return runCommand({ optionNames: OPTION_NAMES, example, exitCodes: EXIT, carryOut }, surroundings);
}

async function migrate(command: MigrateCommand, surroundings: MigrateSurroundings): Promise<string> {
  const onProgress = (detail: string) => surroundings.stderr.write(`${detail}\n`);
  const options = { ...(await openLogDatabase(command)), onProgress };
  const { from, to } = await patiently(() => migrateDatabase(options), command.waitMs, surroundings);
  const done = from === to ? `is in shape at step ${to}: nothing to do` : `is migrated from step ${from} to ${to}`;
  return `The table predictions, for "${options.target}", ${done}.\n`;
}

/** The reason of the first failure is told at once: who waits wants to know what for. */
async function patiently(
  attempt: () => Promise<MigrationOutcome>,
  waitMs: number,
  { stderr, sleep, clock }: MigrateSurroundings,
): Promise<MigrationOutcome> {
  const deadline = clock() + waitMs;
  for (let told = false; ; told = true) {
    try {
      return await attempt();
    } catch (error) {
      const isLater = error instanceof PredictionLogError && error.transient;
      if (!isLater || clock() + PAUSE_MS > deadline) throw error;
      if (!told) stderr.write(`${error.message}; trying again for ${Math.round(waitMs / 1000)} s\n`);
      await sleep(PAUSE_MS);
    }
  }
}
