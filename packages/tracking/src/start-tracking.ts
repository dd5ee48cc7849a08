/** Opens a run wherever the tracking URI says. What only one kind of place needs is loaded for it alone. */
import { Connection } from './connection.ts';
import { type RunStart, startRun, type TrackedRun } from './tracked-run.ts';
import { readAuthorization, type TrackingTarget } from './tracking-uri.ts';

/** What opening a run needs of the rest. */
export interface TrackingContext {
  /** MLflow's variables, and those of the vendors' SDKs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told in a sentence what takes long. */
  readonly onNews: (sentence: string) => void;
}

/** Opens the run. @throws TrackingError */
export async function startTracking(target: TrackingTarget, start: RunStart, context: TrackingContext): Promise<TrackedRun> {
  const { environment } = context;
  if (target.kind === 'server') {
    return startRun(new Connection({ url: target.url, authorization: readAuthorization(environment) }), start);
  }
  if (target.kind === 'local') return startLocalRun(target.directory, start, context);
  const { startStoredRun } = await import('./object-store/stored-run.ts');
  const store = await openStore(target, environment);
  return startStoredRun(store, target.prefix, start);
}

async function openStore(
  { scheme, bucket }: Extract<TrackingTarget, { kind: 'object-store' }>,
  environment: TrackingContext['environment'],
) {
  if (scheme === 's3') return (await import('./object-store/s3-store.ts')).openS3Store(bucket, environment);
  return (await import('./object-store/gcs-store.ts')).openGcsStore(bucket);
}

/** A run in a server of its own, which ends with it. */
async function startLocalRun(directory: string, start: RunStart, context: TrackingContext): Promise<TrackedRun> {
  const { startLocalMlflow } = await import('./local-server.ts');
  const server = await startLocalMlflow({ ...context, directory });
  try {
    const run = await startRun(new Connection({ url: server.url }), start);
    return {
      runId: run.runId,
      address: `run ${run.runId} in ${directory}; to see it: cd ${directory} && ${server.python} -m mlflow ui`,
      complete: (result) => stopAfter(server, run.complete(result)),
      fail: (reason, left) => stopAfter(server, run.fail(reason, left)),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function stopAfter<T>(server: { stop(): Promise<void> }, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } finally {
    await server.stop();
  }
}
