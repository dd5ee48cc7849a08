/** A model that is fixed for the life of the process: read once, from the image or a path. */
import { basename } from 'node:path';
import { readModelFile } from '@iris/model-file';
import type { ModelSource } from './model-source.ts';
import { createServedModel } from './served-model.ts';

/**
 * Reads the file and serves it.
 *
 * @throws ModelFileError or ModelError when the file cannot be served.
 */
export async function openFileSource(path: string, servedName: string | undefined): Promise<ModelSource> {
  const model = createServedModel(await readModelFile(path), servedName);
  return {
    current: () => model,
    currentName: () => basename(path),
    problem: () => undefined,
    onChange: () => undefined,
    close: () => undefined,
  };
}
