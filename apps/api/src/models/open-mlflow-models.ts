/** Opens the registered model that `MODEL_URI` names. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiConfig } from '../config.ts';
import { type Machine, machineFolders } from '../machine-folders.ts';
import { makePrivateDirectory } from '../private-directory.ts';
import { COPY_UNWRITABLE, openMlflowSource } from './mlflow-source.ts';
import { type ModelCopy, openModelCopy } from './model-copy.ts';
import type { FollowOptions } from './model-follower.ts';
import type { ModelSource } from './model-source.ts';

/** Enough to tell the models of a machine apart. */
const KEY_LENGTH = 16;

/** Settings that say where the registered model is, and who asks for it. */
export type MlflowSettings = Pick<
  ApiConfig,
  | 'MODEL_URI'
  | 'MODEL_CACHE_DIR'
  | 'MLFLOW_TRACKING_URI'
  | 'MLFLOW_TRACKING_USERNAME'
  | 'MLFLOW_TRACKING_PASSWORD'
  | 'MLFLOW_TRACKING_TOKEN'
>;

/**
 * Starts to follow it.
 *
 * @param machine where a copy may be kept that outlives this process; without it, none is.
 * @throws TrackingError `TRACKING_ADDRESS`, which a checked configuration rules out.
 */
export async function openMlflowModels(
  settings: MlflowSettings,
  machine: Machine | undefined,
  options: FollowOptions,
): Promise<ModelSource> {
  // A server without MLflow loads nothing of it.
  const { openRegisteredModel } = await import('./registered-model.ts');
  const model = openRegisteredModel({
    uri: settings.MODEL_URI!,
    trackingUri: settings.MLFLOW_TRACKING_URI!,
    credentials: {
      MLFLOW_TRACKING_USERNAME: settings.MLFLOW_TRACKING_USERNAME,
      MLFLOW_TRACKING_PASSWORD: settings.MLFLOW_TRACKING_PASSWORD?.reveal(),
      MLFLOW_TRACKING_TOKEN: settings.MLFLOW_TRACKING_TOKEN?.reveal(),
    },
  });
  const copy = machine && (await openCopy(settings, machine, options));
  return openMlflowSource({ ...options, model, copy });
}

/** In the folder that somebody named, else in the first of this machine's that can be written; undefined where there is none. */
async function openCopy(
  settings: MlflowSettings,
  machine: Machine,
  { onProblem }: FollowOptions,
): Promise<ModelCopy | undefined> {
  const { MODEL_CACHE_DIR, MLFLOW_TRACKING_URI, MODEL_URI } = settings;
  const key = createHash('sha256')
    .update(JSON.stringify([MLFLOW_TRACKING_URI, MODEL_URI]))
    .digest('hex')
    .slice(0, KEY_LENGTH);
  const places = MODEL_CACHE_DIR === undefined ? machineFolders(machine).map(({ path }) => path) : [MODEL_CACHE_DIR];
  let reason: unknown;
  for (const place of places) {
    try {
      if (MODEL_CACHE_DIR === undefined) await makePrivateDirectory(place, machine.uid);
      const directory = join(place, `model-${key}`);
      await mkdir(directory, { recursive: true });
      return openModelCopy(directory);
    } catch (error) {
      reason = error;
    }
  }
  onProblem(COPY_UNWRITABLE, reason);
  return undefined;
}
