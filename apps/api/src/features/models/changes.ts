/** Changes of the model in service, one at a time, each in a thread of its own that ends with it. */
import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ApiError } from '../../errors.ts';
import type { Changed, ChangeTask } from './change.ts';
import type { ChangeOutcome } from './change-worker.ts';
import { explainFailure } from './failures.ts';
import { createQueue } from './queue.ts';

/** Beside this file, among the sources as in the bundle. */
const WORKER_FILE = new URL(`./change-worker${extname(import.meta.url)}`, import.meta.url);
/** Longest wait for a change, of which 20 s are for another writer. With the turn it is below the 30 s after which a silent connection is closed. */
const CHANGE_MS = 25_000;
/** Longest wait for one's turn: what is made later would be made for nobody. */
const TURN_MS = 4000;
/** Changes that may wait for the one that is being made. */
const MAX_WAITING = 4;

const BUSY = 'Another change is being made: look at it, and try again.';
const LATE = 'The disk of the registry does not answer in time. Whether the change was made shows at /models once it does.';

/** Makes a change. @throws ApiError whose code says why there is none. */
type MakeChange = (task: ChangeTask) => Promise<Changed>;

/** Longest waits, ms. */
interface ChangeLimits {
  readonly turnMs?: number;
  readonly changeMs?: number;
}

/** @param onFailure is told what callers may not see, such as paths. */
export function createChanges(
  onFailure: (failure: unknown) => void,
  { turnMs = TURN_MS, changeMs = CHANGE_MS }: ChangeLimits = {},
): MakeChange {
  const inTurn = createQueue(MAX_WAITING);

  async function outcomeOf(worker: Worker): Promise<Changed> {
    const outcome = await awaitOutcome(worker, changeMs);
    if (outcome !== undefined && 'changed' in outcome) return outcome.changed;
    onFailure(outcome?.failure ?? { code: 'REGISTRY_UNREADABLE', message: `no answer within ${changeMs / 1000} s` });
    throw outcome ? explainFailure(outcome.failure) : new ApiError('REGISTRY_UNREADABLE', LATE);
  }

  return (task) => {
    const { promise: answer, resolve, reject } = Promise.withResolvers<Changed>();
    let hasGivenUp = false;
    const patience = setTimeout(() => {
      hasGivenUp = true;
      reject(new ApiError('REGISTRY_LOCKED', BUSY));
    }, turnMs);
    async function change(): Promise<void> {
      clearTimeout(patience);
      if (hasGivenUp) return;
      // It needs no secret, and none of the modules that the process was started with.
      const worker = new Worker(WORKER_FILE, { workerData: task, env: {}, execArgv: [] });
      const ended = new Promise((resolveEnd) => worker.once('exit', resolveEnd));
      resolve(outcomeOf(worker));
      // A thread whose disk hangs ends only when the disk answers. Until then it holds one of the process's few threads for files, and the turn.
      await ended;
    }
    inTurn(change)
      .catch(reject)
      .finally(() => clearTimeout(patience));
    return answer;
  };
}

/** What the thread answers; undefined where it does not in time. Its end is asked for, and not waited for. */
async function awaitOutcome(worker: Worker, changeMs: number): Promise<ChangeOutcome | undefined> {
  const waiting = new AbortController();
  const answered = once(worker, 'message').then(([outcome]) => outcome as ChangeOutcome);
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`the thread of a change has ended with ${code}`);
  });
  const late = sleep(changeMs, undefined, { signal: waiting.signal });
  for (const other of [ended, late]) other.catch(() => undefined);
  try {
    return await Promise.race([answered, ended, late]);
  } finally {
    waiting.abort();
    void worker.terminate();
  }
}
