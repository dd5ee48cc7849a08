/** A registry to serve from: filled through the gate where it is empty, so that there is something to look at. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CURRENT_MODEL_FILE } from '@iris/registry/reader';
import { REPOSITORY, StartError, type StartOptions, TRAINED_MODELS } from './options.ts';
import { runProgram } from './program.ts';
import { VERSIONS } from './train-missing.ts';

const KEY_BYTES = 16;
/** Exit codes of the trainer: in service, and refused by the gate, which is kept with its verdict. */
const JUDGED = [0, 3];

/** A registry, and the key for changing which of its models serves. */
export interface LocalRegistry {
  readonly directory: string;
  readonly key: string;
}

/**
 * Trains each model in turn, the one to serve first; each is compared with the one in service. Nothing is done where a model is in service.
 *
 * @throws StartError when a training fails; its output has been shown.
 */
export async function fillRegistry(
  { home, dataset, model: first }: StartOptions,
  apiKey: string | undefined,
  interrupted: AbortSignal,
  print: (line: string) => void,
): Promise<LocalRegistry> {
  const directory = join(home, '.data', 'registry', dataset);
  const registry = { directory, key: apiKey || randomBytes(KEY_BYTES).toString('hex') };
  if (existsSync(join(directory, CURRENT_MODEL_FILE))) return registry;
  mkdirSync(directory, { recursive: true });
  for (const model of [first, ...TRAINED_MODELS.filter((other) => other !== first)]) {
    if (interrupted.aborted) return registry;
    print(
      `Training ${model} on ${dataset}, for the registry …${model === first ? '' : ' The gate may refuse it; the page /models shows why.'}`,
    );
    const args = ['--dataset', dataset, '--model', model, '--version', VERSIONS[model]!, '--registry', directory];
    const program = runProgram(join(REPOSITORY, 'apps/trainer/src/main.ts'), args, {}, 'quiet');
    interrupted.addEventListener('abort', () => void program.stop());
    if (!JUDGED.includes(await program.ended) && !interrupted.aborted)
      throw new StartError('Training failed; the lines above say why.');
  }
  return registry;
}
