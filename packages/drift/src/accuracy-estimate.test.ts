import { describe, expect, it } from 'vitest';
import { createAccuracyEstimator } from './accuracy-estimate.ts';

describe('createAccuracyEstimator', () => {
  it('expects as many right answers as the probabilities of the predicted classes say', () => {
    const estimator = createAccuracyEstimator(['no', 'yes']);
    estimator.add({ no: 0.9, yes: 0.1 }, 'no');
    estimator.add({ no: 0.2, yes: 0.8 }, 'yes');
    estimator.add({ no: 0.6, yes: 0.4 }, 'no');
    const { rows, accuracy, confusionMatrix } = estimator.estimate();
    expect(rows).toBe(3);
    expect(accuracy).toBeCloseTo((0.9 + 0.8 + 0.6) / 3, 12);
    expect(confusionMatrix.flat().map((count) => Number(count.toFixed(12)))).toEqual([1.5, 0.2, 0.5, 0.8]);
  });

  it('adds what confidence lacked or had too much on held-out rows, within 0 and 1', () => {
    const accuracyWith = (evaluated: { accuracy: number; confidence: number }) => {
      const estimator = createAccuracyEstimator(['no', 'yes'], evaluated);
      estimator.add({ no: 0.9, yes: 0.1 }, 'no');
      return estimator.estimate();
    };
    expect(accuracyWith({ accuracy: 0.95, confidence: 0.9 })).toMatchObject({
      confidence: 0.9,
      accuracy: expect.closeTo(0.95, 12),
    });
    expect(accuracyWith({ accuracy: 0.7, confidence: 0.9 }).accuracy).toBeCloseTo(0.7, 12);
    expect(accuracyWith({ accuracy: 1, confidence: 0.5 }).accuracy).toBe(1);
    expect(accuracyWith({ accuracy: 0, confidence: 1 }).accuracy).toBe(0);
  });

  it('leaves out rows without probabilities and classes that the model has not', () => {
    const estimator = createAccuracyEstimator(['no', 'yes']);
    estimator.add(null, 'no');
    estimator.add({ no: 1 }, 'no');
    estimator.add({ no: 0.5, yes: 0.5 }, 'perhaps');
    expect(estimator.estimate()).toEqual({
      rows: 0,
      confidence: null,
      accuracy: null,
      confusionMatrix: [
        [0, 0],
        [0, 0],
      ],
    });
  });
});
