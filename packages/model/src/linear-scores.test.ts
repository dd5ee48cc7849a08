import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinearScores } from './linear-scores.ts';

const number = fc.double({ min: -3, max: 3, noNaN: true });

function array(length: number, element = number) {
  return fc.array(element, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
}

const cases = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 5 })).chain(([columns, classCount]) =>
  fc.record({
    row: array(columns),
    mean: array(columns),
    factors: array(columns, fc.double({ min: 0.1, max: 10, noNaN: true })),
    coefficients: array(columns * classCount),
    intercepts: array(classCount),
  }),
);

describe('linear scores', () => {
  it('are the intercept and the weighted standardized columns, for any number of columns and classes', () => {
    fc.assert(
      fc.property(cases, ({ row, mean, factors, coefficients, intercepts }) => {
        const columns = row.length;
        const out = new Float64Array(intercepts.length);
        createLinearScores(coefficients, intercepts, { mean, factors })(row, 0, out, 0);
        out.forEach((score, index) => {
          const weighted = row.map((value, j) => coefficients[index * columns + j]! * (value - mean[j]!) * factors[j]!);
          expect(score).toBeCloseTo(
            weighted.reduce((sum, value) => sum + value, intercepts[index]!),
            10,
          );
        });
      }),
    );
  });

  it('keep the digits of a column whose mean is large beside its scale', () => {
    const out = new Float64Array(2);
    const scaler = { mean: Float64Array.of(2 ** 40), factors: Float64Array.of(2 ** 10) };
    createLinearScores(Float64Array.of(1, -1), new Float64Array(2), scaler)(Float64Array.of(2 ** 40 + 2 ** -12), 0, out, 0);
    expect([...out]).toEqual([0.25, -0.25]);
  });

  it('are read and written where the offsets say', () => {
    const out = Float64Array.of(7, 7, 7, 7);
    const scaler = { mean: Float64Array.of(1), factors: Float64Array.of(1) };
    createLinearScores(Float64Array.of(1, 2), Float64Array.of(0, 10), scaler)(Float64Array.of(9, 9, 3), 2, out, 1);
    expect([...out]).toEqual([7, 2, 14, 7]);
  });
});
