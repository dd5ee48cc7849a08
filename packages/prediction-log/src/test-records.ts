/** Records for tests. */
import { createHash } from 'node:crypto';
import { type Batch, encodeBatch } from './batch.ts';
import type { Prediction, PredictionRecord } from './port.ts';

const LABELS = ['setosa', 'versicolor', 'virginica'];
const START = Date.parse('2026-11-21T12:00:00Z');

/** A span that holds every record. */
export const ALWAYS = { from: new Date(0), to: new Date('2100-01-01') };

/** The nth record of a series: one second apart, labels in turn; the same `n` has the same `recordId`. */
export function testRecord(n: number, changes: Partial<PredictionRecord> = {}): PredictionRecord {
  return {
    recordId: uuidOf(String(n)),
    requestId: `request-${n}`,
    createdAt: new Date(START + 1000 * n),
    label: LABELS[n % 3] as string,
    model: 'rf',
    version: '0.1.0',
    features: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
    probabilities: { setosa: 0.97, versicolor: 0.02, virginica: 0.01 },
    instance: 'pod-1',
    ...changes,
  };
}

/** Records `from` to `from + count - 1`. */
export function testRecords(count: number, from = 0): PredictionRecord[] {
  return Array.from({ length: count }, (_, i) => testRecord(from + i));
}

/** The batch of those records. */
export function testBatch(count: number, from = 0): Batch {
  return encodeBatch(testRecords(count, from));
}

/** `testRecord` as the writer takes it. */
export function testPrediction(n: number, changes: Partial<PredictionRecord> = {}): Prediction {
  const { label, model, version, instance, features, probabilities, ...rest } = testRecord(n, changes);
  const classes = Object.keys(probabilities);
  return {
    ...rest,
    source: { model, version, instance, featureNames: Object.keys(features), classes },
    classIndex: classes.indexOf(label),
    features: Object.values(features),
    probabilities: Object.values(probabilities),
  };
}

/** `testRecords` as the writer takes them. */
export function testPredictions(count: number, from = 0): Prediction[] {
  return Array.from({ length: count }, (_, i) => testPrediction(from + i));
}

/** A UUID that depends on the name only. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
