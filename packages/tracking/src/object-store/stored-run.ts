/** A training run as files in a bucket: `run.json` with its state, and beside it model, card, pictures and metrics. */
import { randomBytes } from 'node:crypto';
import type { Artifact } from '../artifacts.ts';
import { TrackingError } from '../errors.ts';
import type { RunResult, RunStart, TrackedRun } from '../tracked-run.ts';
import { describeStoreError } from './describe-store-error.ts';
import type { ObjectStore } from './object-store.ts';

const RUN_ID_BYTES = 16;
const START_MS = 15_000;
const FILE_MS = 60_000;
/** Least rate of an upload, in bytes per millisecond. */
const SLOWEST_BYTES_PER_MS = 100;
const RUN_FILE = 'run.json';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  svg: 'image/svg+xml',
};

/** What `run.json` says. */
interface RunRecord extends Omit<RunStart, 'runId'> {
  readonly status: 'RUNNING' | 'FINISHED' | 'FAILED';
  readonly endTime?: number;
  readonly failure?: string;
}

/**
 * Opens a run below `<prefix>/<experiment>/<run id>`; whether the bucket can be written is known from then on.
 *
 * @throws TrackingError
 */
export async function startStoredRun(store: ObjectStore, prefix: string, start: RunStart): Promise<TrackedRun> {
  const { runId: given, ...about } = start;
  const runId = given ?? randomBytes(RUN_ID_BYTES).toString('hex');
  const folder = [prefix, start.experiment, runId].filter((part) => part !== '').join('/');

  async function put({ path, bytes }: Artifact, limitMs: number): Promise<void> {
    const type = CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    const key = `${folder}/${path}`;
    const send = async () => {
      if (given === undefined || !(await store.holds(key, bytes))) await store.put(key, bytes, type);
    };
    await within(store.address, limitMs + bytes.length / SLOWEST_BYTES_PER_MS, send());
  }

  const record = (state: Partial<RunRecord> & Pick<RunRecord, 'status'>, limitMs: number) =>
    put(jsonFile(RUN_FILE, { ...about, ...state }), limitMs);

  async function fail(failure: string, left: readonly Artifact[] = []): Promise<void> {
    try {
      for (const artifact of left) await put(artifact, START_MS);
    } finally {
      await record({ status: 'FAILED', endTime: Date.now(), failure }, START_MS);
    }
  }

  async function send(result: RunResult): Promise<undefined> {
    const files = new Map([...result.artifacts, ...result.model.files].map((file) => [file.path, file]));
    for (const file of files.values()) await put(file, FILE_MS);
    await put(jsonFile('metrics.json', result.metrics), FILE_MS);
    const params = { ...start.params, ...result.params };
    await record({ status: 'FINISHED', endTime: Date.now(), params, tags: { ...start.tags, ...result.tags } }, FILE_MS);
  }

  await record({ status: 'RUNNING' }, START_MS);
  return {
    runId,
    address: `${store.address}/${folder}`,
    fail,
    async complete(result) {
      try {
        return await send(result);
      } catch (error) {
        await fail((error as Error).message).catch(() => undefined);
        throw error;
      }
    },
  };
}

function jsonFile(path: string, content: unknown): Artifact {
  return { path, bytes: Buffer.from(`${JSON.stringify(content, null, 2)}\n`) };
}

/** Bounded from outside: not every SDK takes a deadline for all that it does, the search for credentials included. */
async function within<T>(address: string, limitMs: number, work: Promise<T>): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    timeout.reject(new TrackingError('TRACKING_UNREACHABLE', `${address} took too long`, { address }));
  }, limitMs);
  try {
    return await Promise.race([work, timeout.promise]);
  } catch (error) {
    throw error instanceof TrackingError ? error : describeStoreError(address, error);
  } finally {
    clearTimeout(timer);
  }
}
