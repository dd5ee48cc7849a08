/** Shows how far the evaluation is: a bar on a terminal, a line for each tenth elsewhere. */
import { setImmediate } from 'node:timers/promises';
import type { EvaluationProgress } from '@iris/training';
import { SingleBar } from 'cli-progress';

/** A stream to show progress on, such as `process.stderr`. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Receives progress until it is stopped. */
export interface ProgressDisplay {
  readonly update: (progress: Pick<EvaluationProgress, 'completedFolds' | 'totalFolds'>) => Promise<void>;
  /** Ends the display, also after a failure: a bar would keep the process alive. */
  stop(): void;
}

/** Chooses the display that suits the stream. */
export function createProgress(stream: ProgressStream): ProgressDisplay {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: ProgressStream): ProgressDisplay {
  const format = 'evaluating [{bar}] {value}/{total} folds, {eta_formatted} left';
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

function createLines(stream: ProgressStream): ProgressDisplay {
  return {
    async update({ completedFolds, totalFolds }) {
      const isTenth = completedFolds % Math.max(1, totalFolds / 10) === 0;
      if (isTenth) stream.write(`evaluated ${completedFolds} of ${totalFolds} fold${totalFolds === 1 ? '' : 's'}\n`);
      await setImmediate();
    },
    stop() {},
  };
}
