/** MLflow's model registry: registered models, their versions, and aliases such as `champion`. */
import { listAt, listTags, tagsAt, textAt, valueAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { TrackingError } from './errors.ts';
import type { ModelUri } from './model-uri.ts';
import { isExisting } from './runs.ts';

const VERSIONS = 'api/2.0/mlflow/model-versions';
const MODELS = 'api/2.0/mlflow/registered-models';

/** A version of a registered model. */
export interface ModelVersion {
  readonly name: string;
  /** Such as `3`. */
  readonly version: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What makes a version. */
export interface ModelVersionRequest {
  readonly name: string;
  readonly modelId: string;
  readonly runId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The version that the run has registered, or a new one; the registered model is made where there is none. */
export async function ensureModelVersion(
  connection: Connection,
  request: ModelVersionRequest,
  mayBeThere: boolean,
): Promise<ModelVersion> {
  await ensureRegisteredModel(connection, request.name);
  return (mayBeThere ? await findVersion(connection, request) : undefined) ?? createVersion(connection, request);
}

async function ensureRegisteredModel(connection: Connection, name: string): Promise<void> {
  try {
    await connection.json({ method: 'POST', path: `${MODELS}/create`, body: { name }, isRepeatable: true });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
}

async function findVersion(connection: Connection, { name, runId }: ModelVersionRequest): Promise<ModelVersion | undefined> {
  const query = `filter=${encodeURIComponent(`run_id = '${runId}'`)}`;
  const answer = await connection.json({ method: 'GET', path: `${VERSIONS}/search?${query}`, isRepeatable: true });
  const found = listAt(answer, 'model_versions').find((version) => valueAt(version, 'name') === name);
  return found === undefined ? undefined : readVersion(found);
}

async function createVersion(connection: Connection, { name, modelId, runId, tags }: ModelVersionRequest): Promise<ModelVersion> {
  const body = { name, source: `models:/${modelId}`, run_id: runId, model_id: modelId, tags: listTags(tags) };
  const answer = await connection.json({ method: 'POST', path: `${VERSIONS}/create`, body, isRepeatable: false });
  return readVersion(valueAt(answer, 'model_version'));
}

/**
 * Points an alias at a version, and makes sure that it does: MLflow has no compare-and-swap.
 *
 * @throws TrackingError `TRACKING_RACE` when somebody else has pointed it elsewhere meanwhile.
 */
export async function setAlias(connection: Connection, alias: string, { name, version }: ModelVersion): Promise<void> {
  const body = { name, alias, version };
  await connection.json({ method: 'POST', path: `${MODELS}/alias`, body, isRepeatable: true });
  const found = await getVersionByAlias(connection, name, alias);
  if (found.version === version) return;
  const message = `the alias ${alias} of ${name} was set to version ${found.version} by somebody else at the same time`;
  throw new TrackingError('TRACKING_RACE', message, { name, alias, version: found.version });
}

/**
 * The version that an address means now.
 *
 * @throws TrackingError `TRACKING_NOT_FOUND` where there is no such model, version or alias.
 */
export async function resolveModelUri(connection: Connection, uri: ModelUri): Promise<ModelVersion> {
  if ('version' in uri) return getVersion(connection, uri.name, uri.version);
  try {
    return await getVersionByAlias(connection, uri.name, uri.alias);
  } catch (error) {
    throw isMissingAlias(error) ? new TrackingError('TRACKING_NOT_FOUND', (error as Error).message, {}, error) : error;
  }
}

/** MLflow calls an alias that is not there an invalid value. */
function isMissingAlias(error: unknown): boolean {
  return error instanceof TrackingError && error.details.errorCode === 'INVALID_PARAMETER_VALUE';
}

/**
 * A file of a version, from whatever store the server keeps it in.
 *
 * @param maxBytes longest file that is read.
 */
export async function downloadVersionFile(
  connection: Connection,
  { name, version }: ModelVersion,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const query = new URLSearchParams({ name, version, path });
  return connection.bytes({ method: 'GET', path: `model-versions/get-artifact?${query}`, isRepeatable: true, maxBytes });
}

async function getVersion(connection: Connection, name: string, version: string): Promise<ModelVersion> {
  const query = new URLSearchParams({ name, version });
  const answer = await connection.json({ method: 'GET', path: `${VERSIONS}/get?${query}`, isRepeatable: true });
  return readVersion(valueAt(answer, 'model_version'));
}

async function getVersionByAlias(connection: Connection, name: string, alias: string): Promise<ModelVersion> {
  const query = new URLSearchParams({ name, alias });
  const answer = await connection.json({ method: 'GET', path: `${MODELS}/alias?${query}`, isRepeatable: true });
  return readVersion(valueAt(answer, 'model_version'));
}

function readVersion(version: unknown): ModelVersion {
  return { name: textAt(version, 'name'), version: textAt(version, 'version'), tags: tagsAt(version, 'tags') };
}
