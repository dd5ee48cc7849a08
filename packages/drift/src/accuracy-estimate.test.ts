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

  it('leaves out rows without probabilities and classes that the model has not', () => {
    const estimator = createAccuracyEstimator(['no', 'yes']);
    estimator.add(null, 'no');
    estimator.add({ no: 1 }, 'no');
    estimator.add({ no: 0.5, yes: 0.5 }, 'perhaps');
    expect(estimator.estimate()).toEqual({
      rows: 0,
      accuracy: null,
      confusionMatrix: [
        [0, 0],
        [0, 0],
      ],
    });
  });
});
