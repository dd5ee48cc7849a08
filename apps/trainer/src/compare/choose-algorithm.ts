/** Compares all algorithms for a command that leaves the choice to the figures. */
import type { Comparison } from '@iris/model-file';
import { type Measurement, trainingRows } from '@iris/training';
import type { AutoCommand, TrainCommand } from '../command-line.ts';
import { MODEL_KINDS } from '../options.ts';
import type { Output } from '../output.ts';
import { createProgress, type ProgressDisplay } from '../progress.ts';
import type { TrainingSet } from '../training-set.ts';
import { compareModels } from './compare-models.ts';
import { formatComparison } from './format-comparison.ts';

const MINUTE_MS = 60_000;
/** Of the time for all: the chosen model is fitted once more, to all rows. */
const COMPARISON_SHARE = 0.6;

/** What to train, and what is known of it already. */
export interface ChosenModel {
  readonly command: TrainCommand;
  readonly comparison?: Comparison;
  readonly measurement?: Measurement;
}

/**
 * Compares, prints the figures and gives the command that trains the chosen one.
 *
 * @param startedAt when the command began, by `performance.now`.
 * @throws Error when nothing ended in time; TrainingError as `fit`.
 */
export async function chooseAlgorithm(
  command: AutoCommand,
  { base, feedback }: TrainingSet,
  { stdout, stderr }: Output,
  startedAt: number,
): Promise<ChosenModel> {
  const { maxMinutes, evaluate, seed, hyperparameters: options } = command;
  const displays = new Map<string, ProgressDisplay>();
  try {
    const { chosen, comparison, measurement } = await compareModels({
      rows: trainingRows(base),
      beside: feedback && trainingRows(feedback.dataset),
      method: evaluate === 'none' ? 'holdout' : evaluate,
      seed,
      options,
      kinds: MODEL_KINDS,
      now: () => performance.now(),
      deadline: maxMinutes === undefined ? undefined : startedAt + COMPARISON_SHARE * maxMinutes * MINUTE_MS,
      async onProgress(model, progress) {
        const display = displays.get(model) ?? createProgress(stderr, model);
        displays.set(model, display);
        await display.update(progress);
        if (progress.completedFolds === progress.totalFolds) display.stop();
      },
    });
    stdout.write(`${formatComparison(comparison)}\n`);
    return { command: { ...command, model: chosen, engine: 'iris' }, comparison, measurement };
  } finally {
    for (const display of displays.values()) display.stop();
  }
}
