/** A training's run in MLflow, from the first fold to the registered version. Without a tracking URI there is none, and nothing changes. */
import type { Dataset } from '@iris/dataset';
import type { UnsealedDocument } from '@iris/model-file';
import type { Verdict } from '@iris/registry';
import { parseTrackingUri, type TrackedRun, TrackingError, type TrackingTarget } from '@iris/tracking';
import { startTracking } from '@iris/tracking/start-tracking';
import type { EvaluationProgress } from '@iris/training';
import type { TrainCommand } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import { dataChecksum, describeCommand, describeOutcome, verdictArtifacts } from './describe-run.ts';
import { createFoldRecorder } from './fold-recorder.ts';
import { commitOf, readGitCommit } from './source-revision.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What tracking needs of the rest. */
export interface TrackingSurroundings {
  readonly environment: Environment;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onInterrupt: OnInterrupt;
}

/** Has a listener called when the process is told to end, which it does once the listener is done; gives what takes it back. */
export type OnInterrupt = (listener: () => Promise<void>) => () => void;

/** The run of a training. Nothing here throws: a training is worth more than its record. */
export interface Tracking {
  /** Keeps a fold. Of an interrupted training it does not return: the next fold would hold up the end. */
  onFold(progress: EvaluationProgress): Promise<void>;
  /** Sends what training came to, with the gate's verdict where there was one; gives whether all of it is there. */
  complete(document: UnsealedDocument, verdict?: Verdict): Promise<boolean>;
  /** Ends the run as FAILED, with the verdict of the gate that refused its model. */
  fail(reason: string, verdict?: Verdict): Promise<void>;
}

/** Tracks nothing. */
const UNTRACKED: Tracking = { onFold: async () => undefined, complete: async () => true, fail: async () => undefined };

/**
 * Opens the run that the environment asks for.
 *
 * @throws UsageError for a tracking URI that cannot be used, or an option that needs one.
 * @throws TrackingError where tracking is required and cannot start.
 */
export async function openTracking(
  command: TrainCommand,
  dataset: Dataset,
  surroundings: TrackingSurroundings,
): Promise<Tracking> {
  const { environment, stdout, stderr } = surroundings;
  const target = readTarget(environment, command);
  if (!target) return UNTRACKED;
  try {
    const start = {
      experiment: environment.MLFLOW_EXPERIMENT_NAME || dataset.schema.name,
      name: `${command.model} ${command.version}`,
      startTime: surroundings.clock(),
      params: describeCommand(command, dataset),
      tags: await describeSource(environment, dataset),
      runId: environment.MLFLOW_RUN_ID || undefined,
    };
    const onNews = (sentence: string) => stderr.write(`${sentence}\n`);
    const run = await startTracking(target, start, { environment, onNews });
    stdout.write(`tracked as ${run.address}\n`);
    return trackRun(run, command, surroundings);
  } catch (error) {
    if (command.requireTracking) throw error;
    stderr.write(`warning: not tracked: ${(error as Error).message}; training goes on\n`);
    return UNTRACKED;
  }
}

function readTarget(environment: Environment, { alias, requireTracking }: TrainCommand): TrackingTarget | undefined {
  try {
    const target = parseTrackingUri(environment.MLFLOW_TRACKING_URI);
    const needy = alias === undefined ? requireTracking && '--require-tracking' : '--alias';
    if (!target && needy) throw new UsageError(`${needy} needs MLFLOW_TRACKING_URI`);
    if (target?.kind === 'object-store' && alias !== undefined) {
      throw new UsageError(
        '--alias needs a registry of models, which an object store has not: give the address of an MLflow server',
      );
    }
    return target;
  } catch (error) {
    throw error instanceof TrackingError ? new UsageError(error.message) : error;
  }
}

/** Tags by which MLflow's pages show where a run comes from, and the checksum of its data. */
async function describeSource({ USER, LOGNAME, BUILD }: Environment, dataset: Dataset): Promise<Record<string, string>> {
  const commit = (await readGitCommit(import.meta.dirname)) ?? commitOf(BUILD);
  const user = USER || LOGNAME;
  return {
    'mlflow.source.name': '@iris/trainer',
    'mlflow.source.type': 'LOCAL',
    ...(commit !== undefined && { 'mlflow.source.git.commit': commit }),
    ...(user && { 'mlflow.user': user }),
    data_checksum: dataChecksum(dataset),
  };
}

function trackRun(run: TrackedRun, command: TrainCommand, surroundings: TrackingSurroundings): Tracking {
  const { stdout, stderr, clock, onInterrupt } = surroundings;
  const folds = createFoldRecorder(clock);
  let interruption: Promise<void> | undefined;
  const forget = onInterrupt(() => (interruption = fail('interrupted')));
  const again = `the same command with MLFLOW_RUN_ID=${run.runId} goes on with it`;
  return {
    async onFold(progress) {
      folds.add(progress);
      await untilEnded();
    },
    async complete(document, verdict) {
      await untilEnded();
      try {
        const version = await run.complete(describeOutcome(document, command, folds, clock(), verdict));
        const alias = command.alias === undefined ? '' : `, alias ${command.alias}`;
        if (version) stdout.write(`registered as ${version.name}, version ${version.version}${alias}\n`);
        return true;
      } catch (error) {
        stderr.write(`warning: not tracked to the end: ${(error as Error).message}; ${again}\n`);
        return false;
      } finally {
        forget();
      }
    },
    async fail(reason, verdict) {
      await (interruption ?? fail(reason, verdict));
      forget();
    },
  };

  /** Once interrupted, the process ends in a moment, and nothing may make the run a success any more. */
  async function untilEnded(): Promise<void> {
    if (interruption) await new Promise(() => undefined);
  }

  async function fail(reason: string, verdict?: Verdict): Promise<void> {
    try {
      await run.fail(reason, verdictArtifacts(verdict));
    } catch (error) {
      stderr.write(`warning: the run could not be marked as failed: ${(error as Error).message}\n`);
    }
  }
}
