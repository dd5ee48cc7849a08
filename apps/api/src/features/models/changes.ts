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
/** Longest wait for a change, of which most is for another writer. */
const CHANGE_MS = 40_000;
/** Longest wait for one's turn: what is made later would be made for nobody. */
const TURN_MS = 4000;
/** Changes that may wait for the one that is being made. */
const MAX_WAITING = 4;

const BUSY = 'Another change is being made: look at it, and try again.';

/** Makes a change. @throws ApiError whose code says why there is none. */
type MakeChange = (task: ChangeTask) => Promise<Changed>;

/** @param onFailure is told what callers may not see, such as paths. */
export function createChanges(onFailure: (failure: unknown) => void): MakeChange {
  const inTurn = createQueue(MAX_WAITING);
  return (task) => {
    const askedAt = performance.now();
    return inTurn(async function change() {
      if (performance.now() - askedAt > TURN_MS) throw new ApiError('REGISTRY_LOCKED', BUSY);
      const outcome = await runThread(task);
      if ('changed' in outcome) return outcome.changed;
      onFailure(outcome.failure);
      throw explainFailure(outcome.failure);
    });
  };
}

async function runThread(task: ChangeTask): Promise<ChangeOutcome> {
  // It needs no secret, and none of the modules that the process was started with.
  const worker = new Worker(WORKER_FILE, { workerData: task, env: {}, execArgv: [] });
  const waiting = new AbortController();
  const answered = once(worker, 'message').then(([outcome]) => outcome as ChangeOutcome);
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`the thread of a change has ended with ${code}`);
  });
  const late = sleep(CHANGE_MS, undefined, { signal: waiting.signal }).then(() => {
    throw new ApiError(
      'REGISTRY_UNREADABLE',
      'The disk of the registry does not answer in time. Whether the change was made shows at /models once it does.',
    );
  });
  for (const other of [ended, late]) other.catch(() => undefined);
  try {
    return await Promise.race([answered, ended, late]);
  } finally {
    waiting.abort();
    await worker.terminate();
  }
}
