/** Trains the models of a dataset that are not there yet, all at once. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { longStep } from './long-step.ts';
import { REPOSITORY, StartError, type StartOptions, type TableOptions, TRAINED_MODELS } from './options.ts';
import { runProgram } from './program.ts';

/** Versions of what `npm start` trains: the first three are those that the update strategies go through. */
export const VERSIONS: Readonly<Record<string, string>> = {
  rf: '0.1.0',
  svm: '0.2.0',
  logreg: '0.3.0',
  gbt: '0.4.0',
};

const TRAINER = join(REPOSITORY, 'apps/trainer/src/main.ts');

/** Where the trainings are tracked. */
export interface TrainingRecords {
  /** An MLflow server or bucket; undefined for nowhere. */
  readonly uri: string | undefined;
  /** What the model to serve is to be called in MLflow's registry; undefined where there is none, or one has that name already. */
  readonly alias: string | undefined;
}

/** Where a trained model is kept. */
export function modelFile({ home, dataset }: StartOptions, model: string): string {
  return join(home, 'models', `${dataset}-${model}.json`);
}

/**
 * Trains what is missing, and for MLflow's registry the model to serve; an interrupt ends it, with nothing half-written.
 *
 * @param tracking where the runs are kept.
 * @throws StartError when a training fails; its output has been shown.
 */
export async function trainMissing(
  options: StartOptions,
  tracking: TrainingRecords,
  interrupted: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  if (options.table) return await trainTable(options, options.table, tracking, interrupted, print);
  const missing = TRAINED_MODELS.filter(
    (model) => !existsSync(modelFile(options, model)) || isToRegister(options, model, tracking),
  );
  if (missing.length === 0) return;
  const trainOne = (model: string) =>
    longStep(`Training ${model} on ${options.dataset}`, () => train(options, model, tracking, interrupted), {
      print,
      interrupted,
    });
  const codes = await Promise.all(missing.map(trainOne));
  if (codes.some((code) => code !== 0) && !interrupted.aborted) throw new StartError('Training failed; the lines above say why.');
}

/** Anew where the file is newer than the model. */
async function trainTable(
  options: StartOptions,
  { dataPath, target }: TableOptions,
  tracking: TrainingRecords,
  interrupted: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  const out = modelFile(options, options.model);
  if (await isNewer(out, dataPath)) return;
  print(`Looking at ${dataPath} and training …`);
  const args = ['--data', dataPath, '--target', target, '--model', options.model, '--out', out];
  const alias = tracking.alias === undefined ? [] : ['--alias', tracking.alias];
  const program = runProgram(TRAINER, [...args, ...alias], { MLFLOW_TRACKING_URI: tracking.uri }, 'shown');
  interrupted.addEventListener('abort', () => void program.stop());
  const code = await program.ended;
  if (code !== 0 && !interrupted.aborted) throw new StartError('Training failed; the lines above say why.');
}

async function isNewer(path: string, than: string): Promise<boolean> {
  const [own, other] = await Promise.all([path, than].map((file) => stat(file).catch(() => undefined)));
  return own !== undefined && other !== undefined && own.mtimeMs > other.mtimeMs;
}

function isToRegister(
  options: StartOptions,
  model: string,
  tracking: TrainingRecords,
): tracking is TrainingRecords & { readonly alias: string } {
  return tracking.alias !== undefined && model === options.model;
}

function train(options: StartOptions, model: string, tracking: TrainingRecords, interrupted: AbortSignal): Promise<number> {
  const out = modelFile(options, model);
  const args = [
    '--dataset',
    options.dataset,
    '--model',
    model,
    '--version',
    VERSIONS[model]!,
    '--out',
    out,
    '--evaluate',
    'full',
    ...(isToRegister(options, model, tracking) ? ['--alias', tracking.alias] : []),
  ];
  const settings = { MLFLOW_TRACKING_URI: tracking.uri };
  const program = runProgram(TRAINER, args, settings, 'quiet');
  interrupted.addEventListener('abort', () => void program.stop());
  return program.ended;
}
