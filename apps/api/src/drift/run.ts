/** Carries out one drift command. */
import type { PredictionStore } from '@iris/prediction-log';
import { openJsonLinesStore } from '@iris/prediction-log/json-lines';
import { checkConnection, createPostgresStore, logTarget } from '@iris/prediction-log/postgres';
import { runCommand, type Surroundings } from '../command.ts';
import { measureDrift } from '../features/drift/measure.ts';
import { presentDrift } from '../features/drift/present.ts';
import { openModels } from '../models/open-models.ts';
import type { ServedModel } from '../models/served-model.ts';
import { type DriftCommand, HELP, OPTION_NAMES, parseCommandLine, readDriftSettings } from './command-line.ts';
import { describeDrift } from './describe.ts';

/** The verdict's own codes, so that a Job or a shell can act on it; EX_USAGE and EX_UNAVAILABLE of sysexits.h beside them. */
const EXIT = { none: 0, drift: 1, 'too few': 2, usage: 64, unavailable: 69 } as const;
/** Between two lines of progress. */
const PROGRESS_ROWS = 250_000;

/** What the command needs of the process. */
export interface DriftSurroundings extends Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly now: () => Date;
}

type Settings = ReturnType<typeof readDriftSettings>;

/** Runs the command line; gives the exit code. */
export function run(argv: readonly string[], surroundings: DriftSurroundings): Promise<number> {
  const { environment, stdout, now } = surroundings;
  async function carryOut(): Promise<number> {
    const command = parseCommandLine(argv, now());
    if (command) return await measure(command, readDriftSettings(environment), surroundings);
    stdout.write(HELP);
    return EXIT.none;
  }
  const exitCodes = { usage: EXIT.usage, failed: EXIT.unavailable };
  return runCommand({ optionNames: OPTION_NAMES, example: 'npm run drift -- --last 24h', exitCodes, carryOut }, surroundings);
}

async function measure(command: DriftCommand, settings: Settings, { stdout, stderr }: DriftSurroundings): Promise<number> {
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
