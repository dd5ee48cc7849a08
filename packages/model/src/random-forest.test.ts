import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModel } from './parse-model.ts';
import { forestOfLeaves, SMALL_FOREST } from './test-parameters.ts';

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
