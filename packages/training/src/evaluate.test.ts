import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import type { EvaluationProgress } from './cross-validation.ts';
import { evaluate } from './evaluate.ts';
import { trainingRows } from './rows.ts';
import { numericRows } from './test-rows.ts';

const IRIS = trainingRows(loadIris());
const CHURN = generateChurn();

// What the algorithms must reach over the 100 folds of 10 × stratified 10-fold on iris.
const BARS = [
  { kind: 'rf', accuracy: 0.95, logLoss: 0.14 },
  { kind: 'gbt', accuracy: 0.94, logLoss: 0.27 },
  { kind: 'svm', accuracy: 0.96, logLoss: 0.11 },
  { kind: 'logreg', accuracy: 0.95, logLoss: 0.15 },
] as const;

describe('evaluate, 10 × stratified 10-fold on iris', () => {
  it.each(BARS)('$kind reaches accuracy $accuracy and log-loss $logLoss', async ({ kind, accuracy, logLoss }) => {
    const evaluation = await evaluate({ kind, rows: IRIS, seed: 42, method: 'full' });
    expect(evaluation).toMatchObject({ method: 'cross-validation', folds: 100 });
    expect(evaluation.accuracy!.mean).toBeGreaterThanOrEqual(accuracy);
    expect(evaluation.logLoss!.mean).toBeLessThanOrEqual(logLoss);
    expect(evaluation.accuracy!.standardError).toBeGreaterThan(0.002);
    expect(evaluation.accuracy!.standardError).toBeLessThan(0.01);
    for (const row of evaluation.confusionMatrix) expect(row.reduce((sum, count) => sum + count)).toBe(500);
  });
});

describe('evaluate, hold-out on churn', () => {
  it.each([
    { kind: 'rf', excess: 0.06 },
    { kind: 'gbt', excess: 0.06 },
    { kind: 'svm', excess: 0.06 },
    { kind: 'logreg', excess: 0.04 },
  ] as const)('$kind comes near the best reachable log-loss', async ({ kind, excess }) => {
    const { method, folds, logLoss, confusionMatrix } = await evaluate({ kind, rows: trainingRows(CHURN), method: 'full' });
    expect({ method, folds }).toEqual({ method: 'holdout', folds: 1 });
    expect(confusionMatrix.flat().reduce((sum, count) => sum + count)).toBe(500);
    // The 500 held-out labels are a draw themselves: compare within twice the standard error.
    expect(logLoss!.mean).toBeLessThan(CHURN.bestLogLoss + excess + 2 * logLoss!.standardError!);
  });
});

describe('evaluate', () => {
  it('measures nothing when asked for nothing', async () => {
    expect(await evaluate({ kind: 'rf', rows: IRIS, method: 'none' })).toEqual({
      method: 'none',
      folds: 0,
      accuracy: null,
      logLoss: null,
      brier: null,
      confidence: null,
      confusionMatrix: [],
    });
  });

  it('holds out a quarter on request, with the standard error over samples', async () => {
    const { method, accuracy, confusionMatrix } = await evaluate({ kind: 'svm', rows: IRIS, method: 'holdout' });
    const total = confusionMatrix.flat().reduce((sum, count) => sum + count);
    expect({ method, total }).toEqual({ method: 'holdout', total: 39 });
    const p = accuracy!.mean;
    expect(accuracy!.standardError).toBeCloseTo(Math.sqrt((p * (1 - p)) / (total - 1)), 12);
  });

  it('gives the same figures for the same seed and others for another', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => evaluate({ kind: 'svm', rows: IRIS, seed, method: 'full' })),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('reports progress after each fold and waits for the listener', async () => {
    const seen: EvaluationProgress[] = [];
    let running = 0;
    await evaluate({
      kind: 'svm',
      rows: IRIS,
      method: 'full',
      async onProgress(progress) {
        expect(++running).toBe(1);
        await new Promise(setImmediate);
        running--;
        seen.push(progress);
      },
    });
    expect(seen.map(({ completedFolds }) => completedFolds)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(seen.every(({ totalFolds }) => totalFolds === 100)).toBe(true);
  });

  it('stops when the listener throws', async () => {
    const stop = () => {
      throw new Error('enough');
    };
    await expect(evaluate({ kind: 'svm', rows: IRIS, method: 'full', onProgress: stop })).rejects.toThrow('enough');
  });

  it('refuses a class with a single row', async () => {
    const rows = numericRows([0, 1, 9], [0, 0, 1]);
    await expect(evaluate({ kind: 'svm', rows, method: 'full' })).rejects.toThrow(
      'the class 1 has 1 row: evaluation needs at least 2 of each class',
    );
  });
});
