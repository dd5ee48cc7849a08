/** A registered model of MLflow: what its alias points at is served without a restart. */
import { MAX_MODEL_FILE_BYTES, type ModelDocument, parseModelDocument, readModelFile } from '@iris/model-file';
import type { ModelUri, ModelVersion } from '@iris/tracking';
import type { ModelCopy } from './model-copy.ts';
import { type Candidate, type FollowOptions, followModels, type Look, type ModelPlace } from './model-follower.ts';
import type { ModelProblem, ModelSource } from './model-source.ts';

/** Each replica asks so often: a promotion reaches all of them within a few seconds. */
const POLL_MS = 2000;
/** The trainer's name of the file. */
const MODEL_FILE = 'model.json';

/** What is asked of MLflow: `code` of what is thrown begins with `TRACKING_`. */
export interface RegisteredModel {
  readonly uri: ModelUri;
  /** The version that the address means now. */
  resolve(): Promise<ModelVersion>;
  /** A file of a version, no longer than `maxBytes`. */
  download(version: ModelVersion, path: string, maxBytes: number): Promise<Uint8Array>;
}

export interface MlflowSourceOptions extends FollowOptions {
  readonly model: RegisteredModel;
  /** Where the model is kept for a restart while MLflow is away. */
  readonly copy?: ModelCopy | undefined;
  readonly pollMs?: number;
}

/** Starts to follow; MLflow need not be there yet. Resolves after the first look. */
export function openMlflowSource(options: MlflowSourceOptions): Promise<ModelSource> {
  return followModels(createPlace(options), options);
}

function createPlace(options: MlflowSourceOptions): ModelPlace {
  const { model, copy, pollMs = POLL_MS } = options;
  const { uri } = model;

  async function look(): Promise<Look> {
    try {
      return { candidate: remoteCandidate(await model.resolve(), options) };
    } catch (cause) {
      const problem = describeProblem(uri, cause);
      // Where MLflow says that there is none, an old one must not come up again.
      const kept = problem.code === 'MLFLOW_UNAVAILABLE' ? await copy?.find() : undefined;
      if (!kept) return { problem, cause };
      const candidate = copiedCandidate({ name: uri.name, version: kept.version, path: kept.path });
      return { candidate, problem, cause };
    }
  }

  return { look, pollMs };
}

function remoteCandidate(version: ModelVersion, { model, copy, onProblem }: MlflowSourceOptions): Candidate {
  const { checksum } = version.tags;
  async function read(): Promise<ModelDocument> {
    const text = await download(model, version);
    const document = parseModelDocument(text);
    if (checksum !== undefined && checksum !== document.checksum) throw differentChecksum(checksum, document.checksum);
    await copy?.keep(version.version, text).catch((error: Error) => onProblem(COPY_UNWRITABLE, error));
    return document;
  }
  return { ...nameOf(version), contentIdentity: async () => checksum ?? '', read };
}

function copiedCandidate({
  path,
  ...version
}: {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}): Candidate {
  return { ...nameOf(version), contentIdentity: async () => 'copy', read: () => readModelFile(path) };
}

/** The same for a version and its copy: one that is in service already is not read again. */
function nameOf({ name, version }: Pick<ModelVersion, 'name' | 'version'>): Pick<Candidate, 'name' | 'identity'> {
  return { name: `models:/${name}/${version}`, identity: `models:/${name}/${version}` };
}

/** @throws an error whose code says that it is of no use to try again, where the version holds no model file of ours. */
async function download(model: RegisteredModel, version: ModelVersion): Promise<string> {
  try {
    const bytes = await model.download(version, MODEL_FILE, MAX_MODEL_FILE_BYTES);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    if (code === 'TRACKING_NOT_FOUND') {
      throw contentError('MODEL_FILE_MISSING', `the version holds no ${MODEL_FILE}: it is not of this trainer`);
    }
    if (code === 'TRACKING_ANSWER') throw contentError('MODEL_FILE_TOO_LARGE', message);
    throw error;
  }
}

function differentChecksum(tagged: string, found: string): Error {
  return contentError('MODEL_CHECKSUM_DIFFERENT', `its checksum is ${found}, the version’s tag says ${tagged}`);
}

function contentError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** In words for callers: addresses are for the log. */
function describeProblem(uri: ModelUri, cause: unknown): ModelProblem {
  const { code } = cause as { readonly code?: string };
  const pointer = 'alias' in uri ? `the alias ${uri.alias}` : `version ${uri.version}`;
  if (code === 'TRACKING_NOT_FOUND') {
    const detail = `MLflow has no registered model ${uri.name} with ${pointer}. Train one: npm run train -- … --alias NAME, or set the alias in MLflow.`;
    return { code: 'MODEL_VERSION_MISSING', detail };
  }
  const reason = REASONS[code ?? ''] ?? 'it does not answer as MLflow does';
  return { code: 'MLFLOW_UNAVAILABLE', detail: `MLflow cannot be asked for ${pointer} of ${uri.name}: ${reason}.` };
}

const REASONS: Readonly<Record<string, string>> = {
  TRACKING_UNREACHABLE: 'it cannot be reached',
  TRACKING_UNAUTHORIZED: 'it refuses who asks',
  TRACKING_HOST_REFUSED: 'it does not serve under the name by which it is called',
  TRACKING_FAILED: 'it fails',
};

/** No model is missing now, but one may be after a restart. */
export const COPY_UNWRITABLE: ModelProblem = {
  code: 'MODEL_COPY_UNWRITABLE',
  detail: 'The model cannot be kept on disk: a restart while MLflow is away would have none. Name a folder in MODEL_CACHE_DIR.',
};
