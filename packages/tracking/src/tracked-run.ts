/** A training run in MLflow, from its start to FINISHED or FAILED. */
import { type Artifact, uploadArtifact } from './artifacts.ts';
import type { Connection } from './connection.ts';
import { ensureLoggedModel, finishLoggedModel, linkOutput } from './logged-models.ts';
import { describeModel, type ModelDescription } from './model-description.ts';
import { ensureModelVersion, type ModelVersion, setAlias } from './registered-models.ts';
import { createRun, deleteTag, ensureExperiment, getRun, logBatch, type Metric, type RunInfo, updateRun } from './runs.ts';

const START_MS = 15_000;
const COMPLETE_MS = 60_000;
/** Whoever pressed Ctrl-C waits for it. */
const FAIL_MS = 5000;
/** Least rate of the whole upload, in bytes per millisecond. */
const SLOWEST_BYTES_PER_MS = 100;
const FAILURE_TAG = 'failure';
/** Name of the logged model among what the run has made. */
const MODEL_NAME = 'model';

/** What is known when a run starts. */
export interface RunStart {
  readonly experiment: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** A run that was begun before and goes on: what it has is not sent again. */
  readonly runId?: string | undefined;
}

/** A model to keep and register. */
interface TrackedModel {
  /** Name of the registered model. */
  readonly name: string;
  /** Of the version and of the logged model, such as its checksum. */
  readonly tags: Readonly<Record<string, string>>;
  readonly files: readonly Artifact[];
  /** Says of its files how they are to be used, and of its input and output what they are. */
  readonly description: ModelDescription;
  /** To be pointed at the new version. */
  readonly alias?: string | undefined;
}

/** What a run came to. */
export interface RunResult {
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
  readonly artifacts: readonly Artifact[];
  readonly model: TrackedModel;
}

/** A run that is open. */
export interface TrackedRun {
  readonly runId: string;
  /** Page of the run for people. */
  readonly address: string;
  /**
   * Sends all of it and ends the run as FINISHED, or as FAILED where something cannot be sent.
   *
   * @returns the registered version; undefined where there is no registry.
   * @throws TrackingError
   */
  complete(result: RunResult): Promise<ModelVersion | undefined>;
  /**
   * Ends the run as FAILED and says why in its tag `failure`.
   *
   * @param left what is to be seen of it all the same, sent before.
   * @throws TrackingError
   */
  fail(reason: string, left?: readonly Artifact[]): Promise<void>;
}

/** A run on a server, which always has a registry. */
interface ServerRun extends TrackedRun {
  complete(result: RunResult): Promise<ModelVersion>;
}

/** Opens a run on a server. @throws TrackingError */
export async function startRun(server: Connection, start: RunStart): Promise<ServerRun> {
  const run = await openRun(server.within(START_MS), start);
  const mayBeThere = start.runId !== undefined;
  const fail = async (reason: string, left: readonly Artifact[] = []) => {
    const connection = server.within(FAIL_MS);
    try {
      for (const artifact of left) await uploadArtifact(connection, run.artifactUri, artifact, mayBeThere);
    } finally {
      await markFailed(connection, run, reason);
    }
  };
  return {
    runId: run.runId,
    address: `${server.url}/#/experiments/${run.experimentId}/runs/${run.runId}`,
    fail,
    async complete(result) {
      try {
        return await send(server, run, result, mayBeThere);
      } catch (error) {
        // The failure that matters is the first one.
        await fail((error as Error).message).catch(() => undefined);
        throw error;
      }
    },
  };
}

async function openRun(connection: Connection, { experiment, name, startTime, params, tags, runId }: RunStart): Promise<RunInfo> {
  if (runId !== undefined) {
    const run = await getRun(connection, runId);
    await updateRun(connection, runId, 'RUNNING');
    await logBatch(connection, runId, { params, tags });
    return run;
  }
  const experimentId = await ensureExperiment(connection, experiment);
  const run = await createRun(connection, { experimentId, name, startTime });
  try {
    await logBatch(connection, run.runId, { params, tags });
    return run;
  } catch (error) {
    await markFailed(connection, run, (error as Error).message).catch(() => undefined);
    throw error;
  }
}

async function markFailed(connection: Connection, { runId }: RunInfo, reason: string): Promise<void> {
  await updateRun(connection, runId, 'FAILED', Date.now());
  await logBatch(connection, runId, { tags: { [FAILURE_TAG]: reason } });
}

async function send(server: Connection, run: RunInfo, result: RunResult, mayBeThere: boolean): Promise<ModelVersion> {
  const { metrics, params, tags, artifacts, model } = result;
  const { runId, experimentId } = run;
  const size = [...artifacts, ...model.files].reduce((sum, { bytes }) => sum + bytes.length, 0);
  const connection = server.within(COMPLETE_MS + size / SLOWEST_BYTES_PER_MS);
  await logBatch(connection, runId, { metrics, params, tags });
  for (const artifact of artifacts) await uploadArtifact(connection, run.artifactUri, artifact, mayBeThere);

  const request = { experimentId, runId, name: MODEL_NAME, tags: model.tags };
  const { modelId, artifactUri } = await ensureLoggedModel(connection, request, mayBeThere);
  const description = describeModel(model.description, { modelId, runId, artifactUri });
  for (const file of [...model.files, description]) await uploadArtifact(connection, artifactUri, file, mayBeThere);
  await finishLoggedModel(connection, modelId);
  if (!run.modelIds.includes(modelId)) await linkOutput(connection, runId, modelId);

  const version = await ensureModelVersion(connection, { name: model.name, modelId, runId, tags: model.tags }, mayBeThere);
  if (model.alias !== undefined) await setAlias(connection, model.alias, version);
  await updateRun(connection, runId, 'FINISHED', Date.now());
  // Of an earlier attempt.
  if (mayBeThere) await deleteTag(connection, runId, FAILURE_TAG);
  return version;
}
