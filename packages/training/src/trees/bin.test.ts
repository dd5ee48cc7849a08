import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinnedColumns, binColumns, MAX_BINS, middleCut } from './bin.ts';

function binOne(values: readonly number[]): BinnedColumns {
  return binColumns([Float64Array.from(values)], values.length);
}

const anyValue = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, min: -1e50, max: 1e50 }),
  fc.constantFrom(0, -0, 1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON, Number.NaN, 5e-324, 1e50, -1e50),
);

describe('binned columns', () => {
  it('keep few distinct values apart, each cut above the lower value and at most at the upper one', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1, maxLength: 200 }), (values) => {
        const { codes, cuts, binCounts } = binOne(values);
        const distinct = [...new Set(values.filter((value) => !Number.isNaN(value)).map((value) => value + 0))].sort(
          (a, b) => a - b,
        );
        expect(cuts[0]!.length).toBe(Math.max(distinct.length - 1, 0));
        cuts[0]!.forEach((cut, index) => {
          expect(cut > distinct[index]! && cut <= distinct[index + 1]!).toBe(true);
        });
        values.forEach((value, row) => {
          expect(codes[row]).toBe(Number.isNaN(value) ? binCounts[0] : distinct.indexOf(value + 0));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('cut in the middle of the gap, with no more digits than it takes', () => {
    expect([...binOne([5.1, 5.2, 5.3, 7]).cuts[0]!]).toEqual([5.15, 5.25, 6.15]);
    expect([...binOne([0, 1e-9, 1000, 4000]).cuts[0]!]).toEqual([5e-10, 500, 2500]);
  });

  it('hold about as many rows each where there are more values than bins', () => {
    const values = Array.from({ length: 10_000 }, (_, row) => ((row * 7919) % 10_007) ** 2);
    const { codes, cuts } = binOne(values);
    expect(cuts[0]!.length).toBe(MAX_BINS - 1);
    const counts = new Int32Array(MAX_BINS);
    for (const code of codes) counts[code]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThan(50);
  });

  it('give a value that most rows have a bin of its own, and the others the rest', () => {
    const values = Array.from({ length: 10_000 }, (_, row) => (row % 10 < 9 ? 0 : row));
    const { codes, cuts } = binOne(values);
    expect(cuts[0]!.length).toBeGreaterThan(200);
    expect(new Set(values.filter((_, row) => codes[row] === codes[0]))).toEqual(new Set([0]));
  });

  it('know a column in which all is missing, and one that is constant', () => {
    const { codes, binCounts, hasMissing, cuts } = binColumns(
      [Float64Array.of(Number.NaN, Number.NaN), Float64Array.of(3, 3)],
      2,
    );
    expect([...codes]).toEqual([1, 1, 0, 0]);
    expect([[...binCounts], [...hasMissing], cuts.map(({ length }) => length)]).toEqual([
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
  });
});

describe('the cut between two bins of a node', () => {
  const binned = binOne([1, 2, 3, 4, 8, 9, 100]);

  it('is the one nearest to the middle of the gap between the values that are there', () => {
    // Between 1 and 8 the middle is 4.5, between the cuts at 3.5 and 6.
    expect(binned.cuts[0]![middleCut(binned, 0, 0, 4)]).toBe(3.5);
    expect(binned.cuts[0]![middleCut(binned, 0, 0, 6)]).toBe(55);
    expect(middleCut(binned, 0, 2, 3)).toBe(2);
  });

  it('leaves all values on one side where only missing ones are on the other', () => {
    expect(middleCut(binned, 0, 2, 7)).toBe(6);
  });
});
