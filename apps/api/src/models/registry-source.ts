/** A registry directory: `current_model.txt` names a version or a model file; a change of it is served without a restart. */
import { readModelFile } from '@iris/model-file';
import { CURRENT_MODEL_FILE, fileIdentity, modelPath, type PointerProblem, readPointer } from '@iris/registry/reader';
import { type FollowOptions, followModels, type Look } from './model-follower.ts';
import type { ModelSource } from './model-source.ts';

/** Polling, because change notifications do not cross network file systems or a mounted volume's replacement. */
const POLL_MS = 1000;

export interface RegistryOptions extends FollowOptions {
  readonly directory: string;
  readonly pollMs?: number;
}

/** Opens a registry; it need not exist yet. Resolves after the first look at it. */
export function openRegistrySource(options: RegistryOptions): Promise<ModelSource> {
  const { directory, pollMs = POLL_MS } = options;
  return followModels({ look: () => lookAt(directory), pollMs }, options);
}

async function lookAt(directory: string): Promise<Look> {
  const pointer = await readPointer(directory);
  if ('problem' in pointer) return { problem: { code: pointer.problem, detail: POINTER_PROBLEMS[pointer.problem] } };
  const path = modelPath(directory, pointer.name);
  return { candidate: { ...pointer, contentIdentity: () => fileIdentity(path), read: () => readModelFile(path) } };
}

const POINTER_PROBLEMS: Readonly<Record<PointerProblem, string>> = {
  REGISTRY_NOT_MOUNTED:
    'The registry is not mounted: REGISTRY_DIR is not a directory. Mount the volume that the training job writes to.',
  CURRENT_MODEL_MISSING: `${CURRENT_MODEL_FILE} is missing in the registry. Run the training job: it writes the file when its gate passes.`,
  CURRENT_MODEL_EMPTY: `${CURRENT_MODEL_FILE} is empty. It must hold the name of a version, or of a model file, in the registry.`,
  CURRENT_MODEL_OUTSIDE: `${CURRENT_MODEL_FILE} must hold the name of a version or of a file in the registry, without a path.`,
};
