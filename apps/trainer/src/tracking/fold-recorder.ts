/** Keeps what each fold of an evaluation came to: its scores for curves, its probabilities for the reliability curve. */

import type { Metric } from '@iris/tracking';
import { createReliability, type EvaluationProgress, mean, type Reliability } from '@iris/training';

/** Takes each fold once it is completed. */
export interface FoldRecorder {
  add(progress: EvaluationProgress): void;
  /** `fold_accuracy`, `fold_log_loss` and `fold_brier_score`, with the fold's number as step, from 1. */
  readonly metrics: readonly Metric[];
  readonly reliability: Reliability;
}

/** @param clock milliseconds since 1970. */
export function createFoldRecorder(clock: () => number): FoldRecorder {
  const metrics: Metric[] = [];
  const reliability = createReliability();
  return {
    metrics,
    reliability,
    add({ completedFolds: step, fold: { scores, labels, classIndexes, classProbabilities } }) {
      const timestamp = clock();
      const add = (key: string, values: readonly number[]) => metrics.push({ key, value: mean(values), step, timestamp });
      add('fold_accuracy', scores.accuracy);
      add('fold_log_loss', scores.logLoss);
      add('fold_brier_score', scores.brier);
      reliability.add(labels, classIndexes, classProbabilities);
    },
  };
}
