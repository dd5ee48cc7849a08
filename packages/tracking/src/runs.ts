/** Experiments and runs: https://mlflow.org/docs/latest/rest-api.html */
import { listAt, listTags, textAt, valueAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { TrackingError } from './errors.ts';

/** What one `runs/log-batch` may hold: 100 parameters, 100 tags, and 1,000 of all together. */
const MAX_METRICS = 800;
const MAX_PARAMS = 100;
const MAX_TAGS = 100;
/** Longest values that MLflow takes, in characters. */
const MAX_PARAM_LENGTH = 6000;
const MAX_TAG_LENGTH = 8000;

/** Else MLflow's pages take an experiment for one of language models until somebody chooses. */
const EXPERIMENT_TAGS = { 'mlflow.experimentKind': 'custom_model_development' };

/** One value of a metric; a metric with several steps is a curve. */
export interface Metric {
  /** Letters, digits, `_`, `-`, `.`, `:`, `/` and spaces. */
  readonly key: string;
  readonly value: number;
  /** Default 0. */
  readonly step?: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** A run as the server knows it. */
export interface RunInfo {
  readonly runId: string;
  readonly experimentId: string;
  /** Where its artifacts go, such as `mlflow-artifacts:/1/…/artifacts`. */
  readonly artifactUri: string;
  /** Ids of the logged models that are linked to it. */
  readonly modelIds: readonly string[];
}

/** What a run came to. */
export type RunStatus = 'RUNNING' | 'FINISHED' | 'FAILED';

/** The id of the experiment of that name, which is made where there is none. */
export async function ensureExperiment(connection: Connection, name: string): Promise<string> {
  return (
    (await findExperiment(connection, name)) ??
    (await createExperiment(connection, name)) ??
    // Somebody else has made it since.
    textAt(await getExperiment(connection, name), 'experiment', 'experiment_id')
  );
}

function getExperiment(connection: Connection, name: string): Promise<unknown> {
  const path = `api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
  return connection.json({ method: 'GET', path, isRepeatable: true });
}

async function findExperiment(connection: Connection, name: string): Promise<string | undefined> {
  try {
    const answer = await getExperiment(connection, name);
    if (valueAt(answer, 'experiment', 'lifecycle_stage') === 'deleted') {
      const message = `the experiment ${name} is deleted: restore it, or name another in MLFLOW_EXPERIMENT_NAME`;
      throw new TrackingError('TRACKING_REFUSED', message, { experiment: name });
    }
    return textAt(answer, 'experiment', 'experiment_id');
  } catch (error) {
    if (error instanceof TrackingError && error.code === 'TRACKING_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Undefined where there is one already: names are unique, so that trying twice makes one. */
async function createExperiment(connection: Connection, name: string): Promise<string | undefined> {
  const path = 'api/2.0/mlflow/experiments/create';
  try {
    const body = { name, tags: listTags(EXPERIMENT_TAGS) };
    return textAt(await connection.json({ method: 'POST', path, body, isRepeatable: true }), 'experiment_id');
  } catch (error) {
    if (isExisting(error)) return undefined;
    throw error;
  }
}

/** Whether MLflow refuses to make what is there. */
export function isExisting(error: unknown): boolean {
  return error instanceof TrackingError && error.details.errorCode === 'RESOURCE_ALREADY_EXISTS';
}

/** Makes a run, in state RUNNING. */
export async function createRun(
  connection: Connection,
  run: { readonly experimentId: string; readonly name: string; readonly startTime: number },
): Promise<RunInfo> {
  const body = { experiment_id: run.experimentId, run_name: run.name, start_time: run.startTime };
  const path = 'api/2.0/mlflow/runs/create';
  return readRun(await connection.json({ method: 'POST', path, body, isRepeatable: false }));
}

/** A run that is there. @throws TrackingError `TRACKING_NOT_FOUND` */
export async function getRun(connection: Connection, runId: string): Promise<RunInfo> {
  const path = `api/2.0/mlflow/runs/get?run_id=${encodeURIComponent(runId)}`;
  return readRun(await connection.json({ method: 'GET', path, isRepeatable: true }));
}

function readRun(answer: unknown): RunInfo {
  return {
    runId: textAt(answer, 'run', 'info', 'run_id'),
    experimentId: textAt(answer, 'run', 'info', 'experiment_id'),
    artifactUri: textAt(answer, 'run', 'info', 'artifact_uri'),
    modelIds: listAt(answer, 'run', 'outputs', 'model_outputs').map((output) => textAt(output, 'model_id')),
  };
}

/** Sets a run's state. */
export async function updateRun(connection: Connection, runId: string, status: RunStatus, endTime?: number): Promise<void> {
  const body = { run_id: runId, status, ...(endTime !== undefined && { end_time: endTime }) };
  await connection.json({ method: 'POST', path: 'api/2.0/mlflow/runs/update', body, isRepeatable: true });
}

/** What `logBatch` takes. */
export interface Batch {
  /** Values that are no finite number are left out: JSON has none. */
  readonly metrics?: readonly Metric[];
  /** Cannot be changed later. */
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Logs any number of metrics, parameters and tags, in as many calls as MLflow's limits ask for. The same again changes nothing.
 *
 * @throws TrackingError `TRACKING_REFUSED` for a parameter that has another value already.
 */
export async function logBatch(
  connection: Connection,
  runId: string,
  { metrics = [], params = {}, tags = {} }: Batch,
): Promise<void> {
  const parts = {
    metrics: inParts(metrics.filter(({ value }) => Number.isFinite(value)).map(withStep), MAX_METRICS),
    params: inParts(listTags(shorten(params, MAX_PARAM_LENGTH)), MAX_PARAMS),
    tags: inParts(listTags(shorten(tags, MAX_TAG_LENGTH)), MAX_TAGS),
  };
  const calls = Math.max(...Object.values(parts).map(({ length }) => length));
  for (let call = 0; call < calls; call++) {
    const body = { run_id: runId, metrics: parts.metrics[call], params: parts.params[call], tags: parts.tags[call] };
    await connection.json({ method: 'POST', path: 'api/2.0/mlflow/runs/log-batch', body, isRepeatable: true });
  }
}

/** Takes a tag away, if it is there. */
export async function deleteTag(connection: Connection, runId: string, key: string): Promise<void> {
  try {
    const body = { run_id: runId, key };
    await connection.json({ method: 'POST', path: 'api/2.0/mlflow/runs/delete-tag', body, isRepeatable: true });
  } catch (error) {
    if (!(error instanceof TrackingError && error.code === 'TRACKING_NOT_FOUND')) throw error;
  }
}

function withStep(metric: Metric): Metric {
  return { step: 0, ...metric };
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) => list.slice(part * size, (part + 1) * size));
}

function shorten(texts: Readonly<Record<string, string>>, length: number): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.slice(0, length)]));
}
