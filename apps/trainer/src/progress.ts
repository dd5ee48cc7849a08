/** Shows how far the evaluation is: a bar on a terminal, a line for each tenth elsewhere. */
import { setImmediate } from 'node:timers/promises';
import type { EvaluationProgress } from '@iris/training';
import { SingleBar } from 'cli-progress';
import type { ProgressStream } from './output.ts';

/** Receives progress until it is stopped. */
export interface ProgressDisplay {
  readonly update: (progress: Pick<EvaluationProgress, 'completedFolds' | 'totalFolds'>) => Promise<void>;
  /** Ends the display, also after a failure: a bar would keep the process alive. */
  stop(): void;
}

/**
 * Chooses the display that suits the stream.
 *
 * @param model what is evaluated, where there are several.
 */
export function createProgress(stream: ProgressStream, model?: string): ProgressDisplay {
  const what = model === undefined ? '' : `${model} `;
  return stream.isTTY ? createBar(stream, what) : createLines(stream, what);
}

function createBar(stream: ProgressStream, what: string): ProgressDisplay {
  const format = `evaluating ${what}[{bar}] {value}/{total} folds, {eta_formatted} left`;
  // Terminal modes are left alone: Ctrl-C could not restore them.
  const bar = new SingleBar({ stream, format, hideCursor: false, linewrap: true });
  return {
    async update({ completedFolds, totalFolds }) {
      if (!bar.isActive) bar.start(totalFolds, 0);
      bar.update(completedFolds);
      // Folds are computed in one go; the bar's timer needs a turn to draw.
      await setImmediate();
    },
    stop: () => bar.stop(),
  };
}

function createLines(stream: ProgressStream, what: string): ProgressDisplay {
  return {
    async update({ completedFolds, totalFolds }) {
      const isTenth = completedFolds % Math.max(1, totalFolds / 10) === 0;
      if (isTenth) stream.write(`evaluated ${what}${completedFolds} of ${totalFolds} fold${totalFolds === 1 ? '' : 's'}\n`);
      await setImmediate();
    },
    stop() {},
  };
}
