/** Feedback for tests. */
import { type Dataset, datasetOf, recordFromSample } from '@iris/dataset';
import type { JudgedPrediction, PredictionStore } from '@iris/prediction-log';
import type { FeedbackRow } from './feedback-rules.ts';

const START = Date.UTC(2026, 0, 1);

/** Five trusted rows: one feature from 0 to 4, the label is whether it is above 1. */
export const BASE: Dataset = datasetOf(
  {
    name: 'steps',
    description: 'One step and one kind.',
    target: 'high',
    classes: ['no', 'yes'],
    features: [
      { kind: 'numeric', name: 'step', unit: '1', observed: { min: 0, max: 4 }, plausible: { min: 0, max: 100 } },
      { kind: 'categorical', name: 'kind', levels: ['a', 'b'] },
    ],
  },
  [0, 1, 2, 3, 4].map((step) => [step, 'a']),
  [0, 0, 1, 1, 1],
);

/** Feedback `second` seconds after the start. */
export function judged(step: number, feedback: string, source: string | null, second = 0): JudgedPrediction {
  const features = recordFromSample(BASE.schema, [step, 'b']);
  return { features, feedback, source, changed: false, createdAt: new Date(START + 1000 * second) };
}

/** A row as the check gives it. */
export function feedbackRow(step: number, source: string | null, second: number, label = 1): FeedbackRow {
  const sample = [step, 'b'];
  return { sample, label, key: JSON.stringify(sample), source, createdAt: new Date(START + 1000 * second) };
}

/** A log with this feedback, in parts of two. */
export function logOf(rows: readonly JudgedPrediction[]): Pick<PredictionStore, 'scanFeedback'> {
  return {
    async *scanFeedback() {
      for (let first = 0; first < rows.length; first += 2) yield rows.slice(first, first + 2);
    },
  };
}
