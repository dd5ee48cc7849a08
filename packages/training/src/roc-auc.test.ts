import { describe, expect, it } from 'vitest';
import { meanRocAuc, rocAuc } from './roc-auc.ts';

describe('rocAuc', () => {
  it.each([
    ['scores that order perfectly', [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1],
    ['scores that order the wrong way', [0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1], 0],
    ['equal scores', [0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1], 0.5],
    // scikit-learn's own example.
    ['scores that order three pairs of four', [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75],
    ['a tie across the classes', [0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1], 0.875],
  ])('of %s', (_case, scores, labels, area) => {
    expect(rocAuc(Float64Array.from(scores), (row) => labels[row] === 1)).toBe(area);
  });

  it('is NaN where there is nothing to tell apart', () => {
    expect(rocAuc(Float64Array.of(0.1, 0.2), () => true)).toBeNaN();
    expect(rocAuc(Float64Array.of(0.1, 0.2), () => false)).toBeNaN();
  });
});

describe('meanRocAuc', () => {
  it('is the area of class 1 where there are two', () => {
    expect(meanRocAuc([0, 0, 1, 1], Float64Array.of(0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8), 2)).toBe(0.75);
  });

  it('is the mean over the classes that have rows', () => {
    // Class by class: 1; two pairs of three; three pairs and a tie of four.
    const probabilities = Float64Array.of(0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.6, 0.3, 0.1, 0.2, 0.7, 0, 0, 0).subarray(0, 12);
    expect(meanRocAuc([0, 1, 2, 2], probabilities, 3)).toBeCloseTo((1 + 2 / 3 + 0.875) / 3, 12);
    expect(meanRocAuc([0, 1, 2, 2], padded(probabilities), 4)).toBeCloseTo((1 + 2 / 3 + 0.875) / 3, 12);
  });
});

/** The same rows with a class that none is of. */
function padded(probabilities: Float64Array): Float64Array {
  return Float64Array.from({ length: 16 }, (_, at) => (at % 4 === 3 ? 0 : probabilities[Math.floor(at / 4) * 3 + (at % 4)]!));
}
