import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistogramForestParameters } from '../parameters.ts';
import { parseModel } from '../parse-model.ts';
import { forestOfLeaves, SMALL_FOREST } from '../test-parameters.ts';
import { writeFloats, writeIntegers } from './stored-integers.ts';
import { storeForest, type TestForest, type Tree } from './test-trees.ts';

describe('random forest', () => {
  it('gives probability 1 to the class all trees vote for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(2), (trees, vote) => {
        const { classIndex, classProbabilities } = parseModel(forestOfLeaves(3, Array(trees).fill(vote))).predict([0, 0]);
        expect(classIndex).toBe(vote);
        expect(classProbabilities).toEqual([0, 1, 2].map((index) => (index === vote ? 1 : 0)));
      }),
    );
  });

  it('counts the vote of every tree, the last one too', () => {
    expect(parseModel(forestOfLeaves(3, [0, 0, 1, 2])).predict([0, 0]).classProbabilities).toEqual([0.5, 0.25, 0.25]);
  });

  it('sends a value below the threshold left and one equal to it right', () => {
    const model = parseModel(SMALL_FOREST);
    expect(model.predict([0.999, 0]).classProbabilities).toEqual([0.5, 0, 0.5]);
    expect(model.predict([1, 0]).classProbabilities).toEqual([0, 0.5, 0.5]);
  });
});

const stump: Tree = { column: 0, bin: 0, missingLeft: true, left: 0, right: 1 };
const FOREST: TestForest = {
  classCount: 3,
  cuts: [[1], []],
  trees: [stump, 0, 3, 2],
  leaves: [{ classes: [1, 2], weights: [3, 1] }],
};
const EVEN = [1 / 3, 1 / 3, 1 / 3];

function predict(
  change: Partial<HistogramForestParameters>,
  row: readonly number[] = [0, 0],
  forest = FOREST,
): readonly number[] {
  return parseModel(storeForest(forest, change)).predict(row).classProbabilities;
}

describe('random forest with a prior and a temperature', () => {
  it('counts the prior as one tree more, and divides the vote of a leaf by its weights', () => {
    const votes = [2 + 1 / 3, 3 / 4 + 1 / 3, 1 + 1 / 4 + 1 / 3];
    predict({ prior: EVEN, temperature: 1 }).forEach((probability, index) => {
      expect(probability).toBeCloseTo(votes[index]! / 5, 14);
    });
  });

  it('raises shares to the power of 1 / temperature', () => {
    const [first, second, third] = predict({ prior: EVEN, temperature: 0.5 });
    const [a, b, c] = [2 + 1 / 3, 3 / 4 + 1 / 3, 5 / 4 + 1 / 3].map((votes) => votes ** 2);
    expect(first).toBeCloseTo(a! / (a! + b! + c!), 14);
    expect(second! / third!).toBeCloseTo(b! / c!, 12);
  });

  it('gives no class 0 that the prior knows, and 0 to one that nobody votes for', () => {
    const forest: TestForest = { classCount: 3, cuts: [[1], []], trees: [0, 0], leaves: [] };
    const [, second, third] = predict({ prior: [0.9, 0.1, 0], temperature: 0.1 }, [0, 0], forest);
    expect(second).toBeGreaterThan(0);
    expect(third).toBe(0);
  });

  it('answers for a thousand trees at the greatest and the least temperature without a number that is none', () => {
    const forest: TestForest = { classCount: 3, cuts: [[1], []], trees: Array<Tree>(1000).fill(0), leaves: [] };
    for (const temperature of [0.01, 100]) {
      const shares = predict({ prior: EVEN, temperature }, [0, 0], forest);
      expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 14);
    }
  });

  it.each([
    ['a prior that does not sum to 1', { prior: [0.5, 0.5, 0.5] }, 'MODEL_COUNTS'],
    ['a negative share', { prior: [1.5, -0.5, 0] }, 'MODEL_NUMBER'],
    ['a prior of too few classes', { prior: [0.5, 0.5] }, 'MODEL_ARRAY_LENGTH'],
    ['a temperature of 0', { temperature: 0 }, 'MODEL_NUMBER'],
    ['no leaves', { leaves: undefined }, 'MODEL_NOT_AN_OBJECT'],
    ['trees that are no object', { trees: 'x' }, 'MODEL_NOT_AN_OBJECT'],
  ])('with %s is refused', (_, change, code) => {
    expect(() => parseModel({ ...storeForest(FOREST), ...change })).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['a class that there is not', { classes: writeIntegers([1, 3], 255) }, 'MODEL_NUMBER'],
    ['no class', { sizes: writeIntegers([0], 255) }, 'MODEL_NUMBER'],
    ['more classes than there are', { sizes: writeIntegers([4], 255) }, 'MODEL_NUMBER'],
    ['a weight of 0', { weights: writeFloats([1, 0]) }, 'MODEL_NUMBER'],
    ['a weight that is no number', { weights: writeFloats([1, Number.NaN]) }, 'MODEL_NUMBER'],
    ['an infinite weight', { weights: writeFloats([1, Number.POSITIVE_INFINITY]) }, 'MODEL_NUMBER'],
    ['too few weights', { weights: writeFloats([1]) }, 'MODEL_BYTES'],
    ['more leaves than it holds', { count: 2 }, 'MODEL_BYTES'],
  ])('with a leaf of %s is refused', (_, change, code) => {
    const sound = storeForest(FOREST);
    expect(() => parseModel({ ...sound, leaves: { ...sound.leaves, ...change } })).toThrow(expect.objectContaining({ code }));
  });
});
