import { describe, expect, it } from 'vitest';
import { conformalThresholds, measureCoverage } from './conformal.ts';
import { createRandom } from './random.ts';

/** Rows of two classes, the first with the given probabilities of their own class. */
function predictions(own: readonly (readonly number[])[]) {
  const labels = own.flatMap((values, label) => values.map(() => label));
  const classProbabilities = Float64Array.from(
    own.flatMap((values, label) => values.flatMap((value) => (label === 0 ? [value, 1 - value] : [1 - value, value]))),
  );
  return { labels, classProbabilities };
}

describe('conformalThresholds', () => {
  it('leaves a tenth of nineteen rows and one more below', () => {
    const own = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);
    // ⌊20 × 0.1⌋ = 2: the second smallest.
    expect(conformalThresholds(predictions([own, own.toReversed()]), 2)).toEqual([0.1, 0.1]);
  });

  it('puts a class of fewer than nine rows into every set', () => {
    expect(conformalThresholds(predictions([new Array(8).fill(0.9), new Array(9).fill(0.9)]), 2)).toEqual([0, 0.9]);
  });
});

describe('measureCoverage', () => {
  it('finds what was promised for each class, also for a rare one and a model that is unsure of it', () => {
    const random = createRandom(7);
    const draw = (count: number, power: number) =>
      Array.from({ length: count }, () => (random.below(1_000_000) / 1_000_000) ** power);
    const { byClass, overall, setSize } = measureCoverage(predictions([draw(4000, 0.2), draw(1000, 2)]), 2);
    for (const coverage of [...byClass, overall]) expect(Math.abs(coverage - 0.9)).toBeLessThan(0.025);
    expect(setSize).toBeGreaterThan(1);
    expect(setSize).toBeLessThan(2);
  });
});
