import { describe, expect, it } from 'vitest';
import { createConfusionMatrix, estimate, scoreSamples } from './metrics.ts';

describe('scoreSamples', () => {
  it('scores as scikit-learn does', () => {
    const scores = scoreSamples([0, 2], [0, 1], Float64Array.of(0.7, 0.2, 0.1, 0.1, 0.6, 0.3), 3);
    expect(scores.accuracy).toEqual([1, 0]);
    expect(scores.confidence).toEqual([0.7, 0.6]);
    expect(scores.logLoss[0]).toBeCloseTo(-Math.log(0.7), 14);
    expect(scores.logLoss[1]).toBeCloseTo(-Math.log(0.3), 14);
    expect(scores.brier[0]).toBeCloseTo(0.09 + 0.04 + 0.01, 14);
    expect(scores.brier[1]).toBeCloseTo(0.01 + 0.36 + 0.49, 14);
  });

  it('keeps a certain mistake finite', () => {
    expect(scoreSamples([0], [1], Float64Array.of(0, 1), 2).logLoss[0]).toBeCloseTo(34.539, 3);
  });
});

describe('estimate', () => {
  it('gives the standard error of the mean', () => {
    expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4) });
  });

  it('has no standard error for a single value', () => {
    expect(estimate([0.9])).toEqual({ mean: 0.9, standardError: null });
  });
});

describe('createConfusionMatrix', () => {
  it('has rows of their own', () => {
    const matrix = createConfusionMatrix(2);
    matrix[0]![1] = 1;
    expect(matrix).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });
});
