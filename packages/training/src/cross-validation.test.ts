import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { estimatorOf, predictFolds } from './cross-validation.ts';
import { summarizeFolds } from './evaluate.ts';
import { fit } from './fit.ts';
import { trainingRows } from './rows.ts';

const IRIS = trainingRows(loadIris());

describe('predictFolds', () => {
  it('gives two estimators the same folds, and each row once in every repetition', async () => {
    const seen: (readonly number[])[] = [];
    const { parameters } = await fit('svm', IRIS);
    const first = await predictFolds({ rows: IRIS, seed: 3, method: 'full' }, async (trainRows) => {
      seen.push(trainRows);
      return parameters;
    });
    const second = await predictFolds({ rows: IRIS, seed: 3, method: 'full' }, estimatorOf('svm', IRIS));
    expect(second.map(({ testRows }) => testRows)).toEqual(first.map(({ testRows }) => testRows));
    const repetition = first.slice(0, 10).flatMap(({ testRows }) => testRows);
    expect(repetition.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, row) => row));
    expect(seen[0]!.filter((row) => first[0]!.testRows.includes(row))).toEqual([]);
    expect(first[0]!.trainRows).toBe(135);
  });

  it('by folds judges each of a few thousand rows once, of fewer ten times, and of more a quarter', async () => {
    const { parameters } = await fit('logreg', trainingRows(generateChurn({ sampleCount: 600 })));
    const judged = async (sampleCount: number) => {
      const rows = trainingRows(generateChurn({ sampleCount }));
      const folds = await predictFolds({ rows, seed: 3, method: 'folds' }, async () => parameters);
      const tested = folds.flatMap(({ testRows }) => testRows);
      return [folds.length, tested.length, new Set(tested).size];
    };
    expect(await judged(500)).toEqual([100, 5000, 500]);
    expect(await judged(501)).toEqual([10, 501, 501]);
    expect(await judged(5000)).toEqual([10, 5000, 5000]);
    expect(await judged(5001)).toEqual([1, 1250, 1250]);
  });

  it('holds the scores that the evaluation is the summary of', async () => {
    const folds = await predictFolds({ rows: IRIS, seed: 1, method: 'holdout' }, estimatorOf('svm', IRIS));
    const { logLoss } = folds[0]!.scores;
    const summary = summarizeFolds(folds, 3);
    expect(summary.logLoss!.mean).toBeCloseTo(logLoss.reduce((sum, loss) => sum + loss) / logLoss.length, 14);
  });

  it.each(['svm', 'logreg'] as const)(
    'predicts with %s the only row that misses a value, by models that never saw one',
    async (kind) => {
      const columns = IRIS.columns.with(0, IRIS.columns[0]!.with(7, Number.NaN));
      const rows = { ...IRIS, columns, mayBeMissing: [true, false, false, false] };
      const folds = await predictFolds({ rows, seed: 1, method: 'full' }, estimatorOf(kind, rows));
      const of = folds.find(({ testRows }) => testRows.includes(7))!;
      expect(of.classIndexes[of.testRows.indexOf(7)]).toBe(0);
    },
  );
});
