/** Opens the model that the configuration names. */
import { join } from 'node:path';
import { type ApiConfig, MODEL_FILE_NAME } from '../config.ts';
import type { Machine } from '../machine-folders.ts';
import { openFileSource } from './file-source.ts';
import type { ModelSource } from './model-source.ts';
import { type MlflowSettings, openMlflowModels } from './open-mlflow-models.ts';
import { openRegistrySource, type RegistryOptions } from './registry-source.ts';

/** Settings that say where the model is. */
export type ModelSettings = Pick<ApiConfig, 'REGISTRY_DIR' | 'MODEL_FILE' | 'MODEL_DIR' | 'MODEL_NAME'> & MlflowSettings;

/**
 * Opens the source of models; a registry need not have one yet.
 *
 * @param machine where a copy of a registered model of MLflow may be kept; without it, none is.
 * @throws ModelFileError or ModelError when a file cannot be served.
 */
export async function openModels(
  settings: ModelSettings,
  onProblem: RegistryOptions['onProblem'],
  machine?: Machine,
): Promise<ModelSource> {
  const { MODEL_URI, REGISTRY_DIR, MODEL_FILE, MODEL_DIR, MODEL_NAME: servedName } = settings;
  if (MODEL_URI !== undefined) return openMlflowModels(settings, machine, { servedName, onProblem });
  if (REGISTRY_DIR !== undefined) return openRegistrySource({ directory: REGISTRY_DIR, servedName, onProblem });
  return openFileSource(MODEL_FILE ?? join(MODEL_DIR ?? '.', MODEL_FILE_NAME), servedName);
}
