import { describe, expect, it } from 'vitest';
import type { GradientBoostingParameters } from '../parameters.ts';
import { parseModel } from '../parse-model.ts';
import { storeTrees } from './store-trees.ts';
import { writeFloats } from './stored-integers.ts';
import { preorder, type Tree } from './test-trees.ts';

const CUTS = [[1], []];
const stump: Tree = { column: 0, bin: 0, missingLeft: false, left: 0, right: 0 };

function boosted(trees: readonly Tree[], leafValues: readonly number[], baseline: readonly number[]): GradientBoostingParameters {
  return {
    kind: 'gbt',
    inputSize: 2,
    classCount: Math.max(baseline.length, 2),
    trees: storeTrees(preorder(trees, CUTS), 1),
    leafValues: writeFloats(leafValues),
    baseline,
  };
}

const BINARY = boosted([stump, stump], [-1, 2, -0.5, 0.25], [0.5]);
const THREE = boosted([stump, 0, 0], [-1, 2, 0.5, 0], [0, 0.25, 0]);

const predict = (parameters: GradientBoostingParameters, row: readonly number[]) =>
  parseModel(parameters).predict(row).classProbabilities;
const sigmoid = (score: number) => 1 / (1 + Math.exp(-score));

describe('gradient boosting', () => {
  it('sums baseline and leaves to the log-odds of class 1 where there are two', () => {
    expect(predict(BINARY, [0, 0])[1]).toBeCloseTo(sigmoid(0.5 - 1 - 0.5), 14);
    expect(predict(BINARY, [1, 0])[1]).toBeCloseTo(sigmoid(0.5 + 2 + 0.25), 14);
  });

  it('adds each tree of a round to the score of its class', () => {
    const scores = [2, 0.25 + 0.5, 0].map(Math.exp);
    const sum = scores.reduce((total, score) => total + score);
    predict(THREE, [1, 0]).forEach((probability, index) => {
      expect(probability).toBeCloseTo(scores[index]! / sum, 14);
    });
  });

  it.each([
    [3e38, [0, 1]],
    [-3e38, [1, 0]],
  ])('is certain, not lost, at a score of %d', (score, expected) => {
    expect(predict(boosted([0], [score], [1e50 * Math.sign(score)]), [0, 0])).toEqual(expected);
    const [first, second] = predict(boosted([0], [score / 1e36], [0]), [0, 0]);
    expect(Math.min(first!, second!)).toBeGreaterThan(0);
    expect(first! + second!).toBe(1);
  });

  it('is undecided at 0', () => {
    expect(predict(boosted([0], [0], [0]), [0, 0])).toEqual([0.5, 0.5]);
  });

  it.each([
    ['a round without a tree for each class', { ...THREE, trees: BINARY.trees }, 'MODEL_COUNTS'],
    ['too few leaf values', { ...BINARY, leafValues: writeFloats([1, 2, 3]) }, 'MODEL_BYTES'],
    ['a leaf value that is no number', { ...BINARY, leafValues: writeFloats([1, 2, 3, Number.NaN]) }, 'MODEL_NUMBER'],
    ['a baseline for each of two classes', { ...BINARY, baseline: [0, 0] }, 'MODEL_ARRAY_LENGTH'],
    [
      'a node that names a leaf',
      { ...BINARY, trees: storeTrees(preorder([1, 0], CUTS), 2), leafValues: writeFloats([1, 2]) },
      'MODEL_TREE',
    ],
  ])('with %s is refused', (_, parameters, code) => {
    expect(() => parseModel(parameters)).toThrow(expect.objectContaining({ code }));
  });
});
