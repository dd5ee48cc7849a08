/**
 * Explanations off the event loop: one thread computes them one after the other. A bound on those that wait, and one on the time of each,
 * keep them from being more than a pod can bear.
 */
import type { Sample } from '@iris/dataset';
import type { Explanation } from '@iris/explanation';
import { ApiError } from '../../errors.ts';
import type { ServedModel } from '../../models/served-model.ts';
import { createExplainThread } from './explain-thread.ts';

/** From the request to its explanation. */
const TIMEOUT_MS = 10_000;
/** Explanations that wait for the one that is being computed. */
const MAX_WAITING = 8;

/** Explains predictions, for all apps of a process. */
export interface Explanations {
  /**
   * Explains the model's prediction of one valid sample, given in schema order.
   *
   * @param signal tells that nobody waits for it any more.
   * @param asked as for `Explainer`.
   * @throws ApiError `OVERLOADED` when too many are waiting, `EXPLANATION_TIMEOUT` when it is not there in time.
   */
  explain(model: ServedModel, sample: Sample, signal: AbortSignal, asked?: 'probability'): Promise<Explanation>;
  /** Ends the thread, and refuses what is unfinished. */
  close(): Promise<void>;
}

interface Job extends PromiseWithResolvers<Explanation> {
  readonly model: ServedModel;
  readonly sample: Sample;
  readonly asked: 'probability' | undefined;
}

/** Makes the service; the thread is not started yet. */
export function createExplanations({ timeoutMs = TIMEOUT_MS, maxWaiting = MAX_WAITING } = {}): Explanations {
  const thread = createExplainThread();
  let waiting: readonly Job[] = [];
  let running: Job | undefined;

  async function runNext(): Promise<void> {
    if (running) return;
    for (let [job, ...rest] = waiting; job; [job, ...rest] = waiting) {
      [running, waiting] = [job, rest];
      await thread.run(job.model, job.sample, job.asked).then(job.resolve, job.reject);
      running = undefined;
    }
  }

  function giveUp(job: Job, reason: unknown): void {
    job.reject(reason);
    waiting = waiting.filter((other) => other !== job);
    // A computation cannot be interrupted but with its thread.
    if (job === running) void thread.end();
  }

  return {
    async explain(model, sample, signal, asked) {
      if (waiting.length >= maxWaiting) throw new ApiError('OVERLOADED', 'Too many explanations are waiting; try again.');
      const job: Job = { model, sample, asked, ...Promise.withResolvers<Explanation>() };
      const timer = setTimeout(() => giveUp(job, timeoutError(timeoutMs)), timeoutMs);
      signal.addEventListener('abort', () => giveUp(job, signal.reason), { once: true });
      waiting = [...waiting, job];
      void runNext();
      return await job.promise.finally(() => clearTimeout(timer));
    },
    async close() {
      const unfinished = running ? [running, ...waiting] : waiting;
      for (const job of unfinished) giveUp(job, new ApiError('OVERLOADED', 'The server is shutting down.'));
      await thread.end();
    },
  };
}

function timeoutError(timeoutMs: number): ApiError {
  return new ApiError('EXPLANATION_TIMEOUT', `The explanation was not there within ${timeoutMs / 1000} s.`);
}
