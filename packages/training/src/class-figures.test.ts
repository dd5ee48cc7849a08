import { describe, expect, it } from 'vitest';
import { balancedAccuracy, greatestClass, precisionByClass, recallByClass } from './class-figures.ts';

const MATRIX = [
  [2970, 0],
  [29, 1],
];

describe('a confusion matrix', () => {
  it('gives the recall of each class', () => {
    expect(recallByClass(MATRIX)).toEqual([1, 1 / 30]);
    expect(
      recallByClass([
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([Number.NaN, 0.5]);
  });

  it('gives the precision of each class, NaN for one that is never predicted', () => {
    expect(precisionByClass(MATRIX)).toEqual([2970 / 2999, 1]);
    expect(
      precisionByClass([
        [3, 0],
        [1, 0],
      ]),
    ).toEqual([0.75, Number.NaN]);
  });

  it('gives the mean recall of the classes that have samples', () => {
    expect(balancedAccuracy(MATRIX)).toBeCloseTo((1 + 1 / 30) / 2, 12);
    expect(
      balancedAccuracy([
        [0, 0],
        [1, 3],
      ]),
    ).toBe(0.75);
  });

  it('gives the class that is right most often without any model', () => {
    expect(greatestClass(MATRIX)).toEqual({ classIndex: 0, share: 0.99 });
  });
});
