/** Reads what is counted: each prediction once, and what is said of it. */
import type { PeriodTally } from '../period-tally.ts';
import { readFeedback } from './feedback.ts';
import { readAllPredictions } from './prediction-files.ts';

/** Tells all predictions and all feedback of a directory, each with the time of its prediction. Linear. */
export async function tellCounts(directory: string, add: PeriodTally['add']): Promise<void> {
  for await (const { version, label, createdAt } of readAllPredictions(directory)) {
    add(createdAt, version, label, { predictions: 1 });
  }
  for await (const { version, label, createdAt, feedback, replaces } of readFeedback(directory)) {
    const correct = Number(feedback === label) - Number(replaces === label);
    add(new Date(createdAt), version, label, { judged: Number(replaces === null), correct });
  }
}
