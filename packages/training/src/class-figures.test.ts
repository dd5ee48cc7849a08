import { describe, expect, it } from 'vitest';
import { greatestClass, recallByClass } from './class-figures.ts';

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

  it('gives the class that is right most often without any model', () => {
    expect(greatestClass(MATRIX)).toEqual({ classIndex: 0, share: 0.99 });
  });
});
