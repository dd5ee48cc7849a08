/**
 * The thread of explanations, seen from the event loop. It is started when there is something to explain, and stays: its 14 MiB are not given
 * back to the system when it ends.
 */
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sample } from '@iris/dataset';
import type { Explanation } from '@iris/explanation';
import type { ServedModel } from '../../models/served-model.ts';
import type { ExplainTask } from './explain-worker.ts';

/** Beside this file, among the sources as in the bundle. */
const WORKER_FILE = new URL(`./explain-worker${extname(import.meta.url)}`, import.meta.url);

/** A thread that computes one explanation at a time. */
export interface ExplainThread {
  /**
   * Explains; the next one may be asked for when this one has ended.
   *
   * @throws what the thread has ended with, if it ends instead.
   */
  run(model: ServedModel, sample: Sample, asked?: 'probability'): Promise<Explanation>;
  /** Ends it, in the middle of a computation too; the next explanation starts another. */
  end(): Promise<void>;
}

/** Makes the thread; nothing is started yet. */
export function createExplainThread(start = startWorker): ExplainThread {
  let worker: RunningWorker | undefined;
  let modelInWorker: ServedModel | undefined;

  async function end(): Promise<void> {
    const ending = worker?.end();
    [worker, modelInWorker] = [undefined, undefined];
    await ending;
  }

  return {
    async run(model, sample, asked) {
      worker ??= start();
      const task = { model: model === modelInWorker ? undefined : explainedModel(model), sample, asked };
      modelInWorker = model;
      try {
        return await worker.ask(task);
      } catch (error) {
        await end();
        throw error;
      }
    },
    end,
  };
}

function explainedModel({ schema, document }: ServedModel) {
  return { schema, parameters: document.parameters, samples: document.reference.samples };
}

/** A worker thread that runs, or has ended. */
export interface RunningWorker {
  ask(task: ExplainTask): Promise<Explanation>;
  end(): Promise<unknown>;
}

/** Starts the program of the thread; it does not keep the process alive. */
export function startWorker(): RunningWorker {
  // It needs no secret, and none of the modules that the process was started with.
  const worker = new Worker(WORKER_FILE, { env: {}, execArgv: [] });
  worker.unref();
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`the thread of explanations has ended with ${code}`);
  });
  // It is told to who waits for an explanation; that nobody does is no fault.
  ended.catch(() => undefined);
  return {
    async ask(task) {
      const explained = once(worker, 'message');
      worker.postMessage(task);
      const [explanation] = await Promise.race([explained, ended]);
      return explanation;
    },
    end: () => worker.terminate(),
  };
}
