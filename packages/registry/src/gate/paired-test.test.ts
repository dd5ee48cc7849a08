import { describe, expect, it } from 'vitest';
import { comparePaired } from './paired-test.ts';

const CANDIDATE = [0.31, 0.12, 0.55, 0.08, 1.9, 0.44, 0.2, 0.61];
const CURRENT = [0.29, 0.15, 0.41, 0.05, 1.2, 0.4, 0.26, 0.6];
const HOLDOUT = [{ trainRows: 24, candidate: CANDIDATE, current: CURRENT }];
const FOLDS = [
  { trainRows: 6, candidate: [0.2, 0.4], current: [0.1, 0.4] },
  { trainRows: 6, candidate: [0.5, 0.1], current: [0.45, 0.2] },
  { trainRows: 6, candidate: [0.3, 0.9], current: [0.3, 0.7] },
  { trainRows: 6, candidate: [0.25, 0.35], current: [0.2, 0.3] },
];

describe('comparePaired', () => {
  it('is the paired t-test on the rows of a hold-out', () => {
    // scipy 1.17: ttest_rel(candidate, current, alternative='greater'), and the two-sided one's confidence_interval(0.90).
    const { test, difference, degreesOfFreedom, p, interval } = comparePaired(HOLDOUT, 0.05);
    expect([test, degreesOfFreedom]).toEqual(['paired t-test', 7]);
    expect(difference).toBeCloseTo(0.10625, 12);
    expect(p).toBeCloseTo(0.13150566168483446, 9);
    expect(interval[0]).toBeCloseTo(-0.059145793765070814, 9);
    expect(interval[1]).toBeCloseTo(0.2716457937650708, 9);
  });

  it('is the corrected resampled t-test on the means of folds', () => {
    // numpy and scipy by scikit-learn's example "Statistical comparison of models using grid search".
    const { test, difference, standardError, degreesOfFreedom, p, interval } = comparePaired(FOLDS, 0.05);
    expect([test, degreesOfFreedom]).toEqual(['Nadeau–Bengio corrected resampled t-test', 3]);
    expect(difference).toBeCloseTo(0.04375, 12);
    expect(standardError).toBeCloseTo(0.03936342422435663, 12);
    expect(p).toBeCloseTo(0.1737195963273405, 9);
    expect(interval[0]).toBeCloseTo(-0.04888644323819322, 9);
    expect(interval[1]).toBeCloseTo(0.1363864432381932, 9);
  });

  it('has an interval above 0 just when p is below α', () => {
    for (const shift of [-0.2, 0, 0.05, 0.06, 0.07, 0.08, 0.2]) {
      const candidate = CANDIDATE.map((loss) => loss + shift);
      const { p, interval } = comparePaired([{ trainRows: 24, candidate, current: CURRENT }], 0.05);
      expect(p < 0.05).toBe(interval[0] > 0);
    }
  });

  it('says of equal losses that neither is worse, and of one constant difference that it is certain', () => {
    expect(comparePaired([{ trainRows: 24, candidate: CURRENT, current: CURRENT }], 0.05)).toMatchObject({ p: 1, difference: 0 });
    expect(comparePaired([{ trainRows: 9, candidate: [1, 1, 1], current: [0.5, 0.5, 0.5] }], 0.05).p).toBe(0);
  });
});
