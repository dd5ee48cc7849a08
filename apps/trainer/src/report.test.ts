import { describe, expect, it } from 'vitest';
import { formatEstimate, formatEvaluation } from './report.ts';

describe('formatEvaluation', () => {
  it('shows scores with standard errors and the matrix with class names', () => {
    const evaluation = {
      method: 'cross-validation',
      folds: 100,
      accuracy: { mean: 0.95333, standardError: 0.00471 },
      logLoss: { mean: 0.1, standardError: 0.01 },
      brier: { mean: 0.0636, standardError: 0.006 },
      confusionMatrix: [
        [500, 0],
        [7, 1493],
      ],
    } as const;
    expect(formatEvaluation(evaluation, { target: 'species', classes: ['setosa', 'ivy'] })).toBe(`\
10 × stratified 10-fold cross-validation, ± standard error over the folds

  accuracy  0.9533 ± 0.0047
  log-loss  0.1000 ± 0.0100
  Brier     0.0636 ± 0.0060

confusion matrix: rows true species, columns predicted

          setosa   ivy
  setosa     500     0
  ivy          7  1493

recall: share of each class that is recognised

  setosa  1.0000
  ivy     0.9953

always predicting "ivy", the greatest class, would reach accuracy 0.7500
`);
  });

  it('says how often rows were judged', () => {
    const score = { mean: 0.9, standardError: 0.01 };
    const once = {
      ...({ method: 'cross-validation', folds: 10, accuracy: score, logLoss: score, brier: score } as const),
      confusionMatrix: [
        [5, 0],
        [1, 4],
      ],
    } as const;
    expect(formatEvaluation(once, { target: 'species', classes: ['a', 'b'] })).toMatch(/^stratified 10-fold cross-validation, ±/);
  });

  it('says so when nothing was measured', () => {
    const evaluation = { method: 'none', folds: 0, accuracy: null, logLoss: null, brier: null, confusionMatrix: [] } as const;
    expect(formatEvaluation(evaluation, { target: 'species', classes: ['a', 'b'] })).toBe('not evaluated\n');
  });
});

describe('formatEstimate', () => {
  it('leaves out a standard error that there is none of', () => {
    expect(formatEstimate({ mean: 0.5, standardError: null })).toBe('0.5000');
  });
});
