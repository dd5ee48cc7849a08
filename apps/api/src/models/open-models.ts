/** Opens the model that the configuration names. */
import { join } from 'node:path';
import { type ApiConfig, MODEL_FILE_NAME } from '../config.ts';
import { openFileSource } from './file-source.ts';
import type { ModelSource } from './model-source.ts';
import { openRegistrySource, type RegistryOptions } from './registry-source.ts';

/** Settings that say where the model is. */
export type ModelSettings = Pick<ApiConfig, 'REGISTRY_DIR' | 'MODEL_FILE' | 'MODEL_DIR' | 'MODEL_NAME'>;

/**
 * Opens the source of models; a registry need not have one yet.
 *
 * @throws ModelFileError or ModelError when a file cannot be served.
 */
export function openModels(
  { REGISTRY_DIR, MODEL_FILE, MODEL_DIR, MODEL_NAME }: ModelSettings,
  onProblem: RegistryOptions['onProblem'],
): Promise<ModelSource> {
  if (REGISTRY_DIR !== undefined) return openRegistrySource({ directory: REGISTRY_DIR, servedName: MODEL_NAME, onProblem });
  return openFileSource(MODEL_FILE ?? join(MODEL_DIR ?? '.', MODEL_FILE_NAME), MODEL_NAME);
}
