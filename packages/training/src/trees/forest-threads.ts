/** Threads that help to grow a forest, where there are processors for them and enough to do. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ForestTask, GrownShare } from './forest-share.ts';

/** Beside this file, among the sources as in the bundle. */
const THREAD_FILE = new URL(`./forest-thread${extname(import.meta.url)}`, import.meta.url);
/** Each has the rows once more. */
const MAX_THREADS = 7;
/** Comparisons that take about half a second: below, a thread has hardly started before all is done. */
const MIN_WORK = 8e7;

/** Helpers that are at work. */
export interface ForestThreads {
  /** The shares of all, once nothing is left to take. */
  finish(): Promise<GrownShare[]>;
  /** Ends them, in the middle of a tree too. */
  end(): void;
}

/** How many helpers a forest is worth. */
export function helpersFor({ binned, labels, limits, treeCount }: ForestTask): number {
  const { length } = labels;
  const work = treeCount * length * Math.min(limits.maxFeatures, binned.columnCount) * Math.log2(length + 1);
  return work < MIN_WORK ? 0 : Math.min(availableParallelism() - 1, MAX_THREADS, treeCount - 1);
}

/** Starts threads on a task. */
export function startThreads(task: ForestTask, count: number): ForestThreads {
  const shares = Array.from({ length: count }, () => startThread(task));
  return {
    finish: () => Promise.all(shares.map(({ share }) => share)),
    end() {
      for (const { worker } of shares) void worker.terminate();
    },
  };
}

function startThread(task: ForestTask): { worker: Worker; share: Promise<GrownShare> } {
  // It needs no secret, and none of the modules that the process was started with.
  const worker = new Worker(THREAD_FILE, { env: {}, execArgv: [] });
  worker.postMessage(task);
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`a thread that grows trees has ended with ${code}`);
  });
  const answered = once(worker, 'message').then(([share]) => share as GrownShare);
  const share = Promise.race([answered, ended]);
  // Whoever finishes is told; where the fit has ended before, nobody is.
  for (const promise of [ended, answered, share]) promise.catch(() => undefined);
  return { worker, share };
}
