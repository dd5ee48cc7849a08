/** A registry to serve from: filled through the gate where it is empty, so that there is something to look at. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '@iris/registry';
import { CURRENT_MODEL_FILE } from '@iris/registry/reader';
import { longStep } from './long-step.ts';
import { REPOSITORY, StartError, type StartOptions, TRAINED_MODELS } from './options.ts';
import { runProgram } from './program.ts';
import { type TrainingRecords, VERSIONS } from './train-missing.ts';

const KEY_BYTES = 16;
/** Exit codes of the trainer: in service, and refused by the gate, which is kept with its verdict. */
const JUDGED = [0, 3];

/** A registry, and the key for changing which of its models serves. */
export interface LocalRegistry {
  readonly directory: string;
  readonly key: string;
}

/**
 * Trains each model in turn, the one to serve first; each is compared with the one in service. Nothing is done where a model is in service,
 * unless an earlier filling was cut short: then what is missing is trained.
 *
 * @throws StartError when a training fails; its output has been shown.
 */
export async function fillRegistry(
  { home, dataset, model: first }: StartOptions,
  apiKey: string | undefined,
  { uri }: TrainingRecords,
  interrupted: AbortSignal,
  print: (line: string) => void,
): Promise<LocalRegistry> {
  const directory = join(home, '.data', 'registry', dataset);
  const registry = { directory, key: apiKey || randomBytes(KEY_BYTES).toString('hex') };
  const unfinished = `${directory}.filling`;
  if (existsSync(join(directory, CURRENT_MODEL_FILE)) && !existsSync(unfinished)) return registry;
  mkdirSync(directory, { recursive: true });
  writeFileSync(unfinished, '');
  const known = await trainedVersions(directory);
  for (const model of [first, ...TRAINED_MODELS.filter((other) => other !== first)]) {
    if (interrupted.aborted) return registry;
    if (known.includes(VERSIONS[model])) continue;
    const args = ['--dataset', dataset, '--model', model, '--version', VERSIONS[model]!, '--registry', directory];
    const program = runProgram(join(REPOSITORY, 'apps/trainer/src/main.ts'), args, { MLFLOW_TRACKING_URI: uri }, 'quiet');
    interrupted.addEventListener('abort', () => void program.stop());
    const hint = model === first ? '' : ' (the gate may refuse it; the page /models shows why)';
    const code = await longStep(`Training ${model} on ${dataset} for the registry${hint}`, () => program.ended, {
      print,
      interrupted,
    });
    if (!JUDGED.includes(code) && !interrupted.aborted) throw new StartError('Training failed; the lines above say why.');
  }
  if (!interrupted.aborted) rmSync(unfinished);
  return registry;
}

/** What an earlier filling has come to. */
async function trainedVersions(directory: string): Promise<(string | undefined)[]> {
  const versions = await new Registry({ directory, by: 'npm start' }).list();
  return versions.map(({ verdict }) => verdict?.candidate.version);
}
