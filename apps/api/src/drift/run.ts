/** Carries out one drift command. */
import { PredictionLogError, type PredictionStore } from '@iris/prediction-log';
import { openJsonLinesStore } from '@iris/prediction-log/json-lines';
import { checkConnection, createPostgresStore, logTarget } from '@iris/prediction-log/postgres';
import { EXIT_CONFIG, SettingsError } from '@iris/settings';
import { describeTaken, optionsTakenByNpm } from '@iris/settings/npm-options';
import { measureDrift } from '../features/drift/measure.ts';
import { presentDrift } from '../features/drift/present.ts';
import { openModels } from '../models/open-models.ts';
import type { ServedModel } from '../models/served-model.ts';
import { type DriftCommand, HELP, OPTION_NAMES, parseCommandLine, readDriftSettings, UsageError } from './command-line.ts';
import { describeDrift } from './describe.ts';

/** The verdict's own codes, so that a Job or a shell can act on it; EX_USAGE and EX_UNAVAILABLE of sysexits.h beside them. */
const EXIT = { none: 0, drift: 1, 'too few': 2, usage: 64, unavailable: 69 } as const;
/** Between two lines of progress. */
const PROGRESS_ROWS = 250_000;

/** What the command needs of the process. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly now: () => Date;
}

type Settings = ReturnType<typeof readDriftSettings>;

/** Runs the command line; gives the exit code. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, stdout, stderr, now } = surroundings;
  try {
    const taken = optionsTakenByNpm(OPTION_NAMES, environment);
    if (taken.length > 0) throw new UsageError(describeTaken(taken, 'npm run drift -- --last 24h'));
    const command = parseCommandLine(argv, now());
    if (command) return await carryOut(command, readDriftSettings(environment), surroundings);
    stdout.write(HELP);
    return EXIT.none;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  const isSetting = error instanceof SettingsError || (error instanceof PredictionLogError && !error.transient);
  return isSetting ? EXIT_CONFIG : EXIT.unavailable;
}

async function carryOut(command: DriftCommand, settings: Settings, { stdout, stderr }: Surroundings): Promise<number> {
  const model = await readModel(settings);
  const store = await openStore(settings, model);
  let told = PROGRESS_ROWS;
  function tellProgress(rows: number): void {
    if (rows < told) return;
    stderr.write(`${rows} predictions read …\n`);
    told += PROGRESS_ROWS;
  }
  try {
    const options = { onRows: tellProgress, ...(command.minRows !== undefined && { minRows: command.minRows }) };
    const measurement = await measureDrift(model, store, command.query, options);
    stdout.write(command.json ? `${JSON.stringify(presentDrift(measurement), null, 2)}\n` : describeDrift(model, measurement));
    return EXIT[measurement.report.verdict];
  } finally {
    await store.close();
  }
}

async function readModel(settings: Settings): Promise<ServedModel> {
  const models = await openModels(settings, () => undefined);
  models.close();
  const model = models.current();
  if (model) return model;
  throw new Error(models.problem()?.detail ?? 'There is no model.');
}

async function openStore({ DATABASE_URL, PREDICTION_LOG }: Settings, { schema }: ServedModel): Promise<PredictionStore> {
  if (!DATABASE_URL) return openJsonLinesStore({ directory: PREDICTION_LOG!.slice('file:'.length) });
  checkConnection(DATABASE_URL.reveal());
  return createPostgresStore({ connectionString: DATABASE_URL.reveal(), target: logTarget(schema.target) });
}
