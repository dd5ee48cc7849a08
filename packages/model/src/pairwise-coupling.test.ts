import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPairwiseCoupling } from './pairwise-coupling.ts';
import { coupleThree } from './three-class-coupling.ts';

/** Consistent pairwise probabilities of given class probabilities: i against j is p[i] / (p[i] + p[j]). */
function pairsOf(p: readonly number[]): Float64Array {
  return Float64Array.from(p.flatMap((first, i) => p.slice(i + 1).map((second) => first / (first + second))));
}

describe('pairwise coupling', () => {
  it('recovers the probabilities that consistent pairs come from, to its tolerance', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }), (weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const expected = weights.map((weight) => weight / sum);
        const out = new Float64Array(expected.length);
        createPairwiseCoupling(expected.length)(pairsOf(expected), out, 0);
        // Wu, Lin and Weng stop once the gradient, not the error, is below 0.005 / classes.
        out.forEach((probability, index) => {
          expect(Math.abs(probability - expected[index]!)).toBeLessThan(0.05);
        });
      }),
    );
  });

  it('stays a distribution when pairs contradict each other with all the certainty that is allowed', () => {
    const sure = 1 - 1e-7;
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 7 }), fc.infiniteStream(fc.constantFrom(sure, 1 - sure, 0.5)), (size, stream) => {
        const pairs = Float64Array.from(stream.take((size * (size - 1)) / 2));
        const out = new Float64Array(size);
        createPairwiseCoupling(size)(pairs, out, 0);
        expect(out.every((probability) => probability >= 0)).toBe(true);
        expect(Math.abs(out.reduce((total, probability) => total + probability, 0) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it('passes the one pair of two classes through unchanged, at the offset it is given', () => {
    const out = new Float64Array(4);
    createPairwiseCoupling(2)(Float64Array.of(0.7), out, 2);
    expect([...out]).toEqual([0, 0, 0.7, 1 - 0.7]);
  });

  it('of three classes, written out, gives the same bits as the general one', () => {
    const probability = fc.oneof(fc.double({ min: 1e-7, max: 1 - 1e-7, noNaN: true }), fc.constantFrom(1e-7, 1 - 1e-7, 0.5));
    const general = createPairwiseCoupling(3);
    fc.assert(
      fc.property(fc.tuple(probability, probability, probability), (probabilities) => {
        const pairs = Float64Array.from(probabilities);
        const expected = new Float64Array(4);
        const actual = new Float64Array(4);
        general(pairs, expected, 1);
        coupleThree(pairs, actual, 1);
        expect(actual).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
