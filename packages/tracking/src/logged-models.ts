/** Logged models: a model as MLflow 3 has it, with files of its own, made by a run. */
import { listAt, listTags, textAt, valueAt } from './answer.ts';
import type { Connection } from './connection.ts';

/** A model that a run has made. */
export interface LoggedModel {
  readonly modelId: string;
  /** Where its files go. */
  readonly artifactUri: string;
}

/** What makes a logged model. */
export interface LoggedModelRequest {
  readonly experimentId: string;
  readonly runId: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The model of that name that the run has made, or a new one, in state PENDING. */
export async function ensureLoggedModel(
  connection: Connection,
  request: LoggedModelRequest,
  mayBeThere: boolean,
): Promise<LoggedModel> {
  return (mayBeThere ? await findLoggedModel(connection, request) : undefined) ?? createLoggedModel(connection, request);
}

async function findLoggedModel(
  connection: Connection,
  { experimentId, runId, name }: LoggedModelRequest,
): Promise<LoggedModel | undefined> {
  const body = { experiment_ids: [experimentId], filter: `source_run_id = '${runId}' AND name = '${name}'` };
  const answer = await connection.json({
    method: 'POST',
    path: 'api/2.0/mlflow/logged-models/search',
    body,
    isRepeatable: true,
  });
  const [found] = listAt(answer, 'models');
  return found === undefined ? undefined : readModel(found);
}

async function createLoggedModel(
  connection: Connection,
  { experimentId, runId, name, tags }: LoggedModelRequest,
): Promise<LoggedModel> {
  const body = { experiment_id: experimentId, name, source_run_id: runId, tags: listTags(tags) };
  const path = 'api/2.0/mlflow/logged-models';
  return readModel(valueAt(await connection.json({ method: 'POST', path, body, isRepeatable: false }), 'model'));
}

function readModel(model: unknown): LoggedModel {
  return { modelId: textAt(model, 'info', 'model_id'), artifactUri: textAt(model, 'info', 'artifact_uri') };
}

/** Says that all files of the model are there. */
export async function finishLoggedModel(connection: Connection, modelId: string): Promise<void> {
  const body = { model_id: modelId, status: 'LOGGED_MODEL_READY' };
  const path = `api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}`;
  await connection.json({ method: 'PATCH', path, body, isRepeatable: true });
}

/** Says that the model came out of the run; MLflow refuses to be told twice. */
export async function linkOutput(connection: Connection, runId: string, modelId: string): Promise<void> {
  const body = { run_id: runId, models: [{ model_id: modelId, step: 0 }] };
  await connection.json({ method: 'POST', path: 'api/2.0/mlflow/runs/outputs', body, isRepeatable: false });
}
