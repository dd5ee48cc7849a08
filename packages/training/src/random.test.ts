import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from './random.ts';

describe('createRandom', () => {
  it('repeats its sequence for the same seed and not for another', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 20 },
        (
          (random) => () =>
            random.below(1000)
        )(createRandom(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('reaches every value below the bound and none else', () => {
    const random = createRandom(1);
    const seen = new Set(Array.from({ length: 200 }, () => random.below(4)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe('shuffle', () => {
  it('gives a permutation and leaves its input alone', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);
    const shuffled = shuffle(items, createRandom(3));
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted()).toEqual(items);
  });
});
