/** Values of scipy, which scripts/make-references.py wrote. */
import { describe, expect, it } from 'vitest';
import { chiSquare, chiSquareContingency } from './chi-squared.ts';
import { numericColumn } from './column.ts';
import references from './fixtures/scipy-references.json' with { type: 'json' };
import { jensenShannonDistance } from './jensen-shannon.ts';
import { kolmogorovSurvival } from './kolmogorov-distribution.ts';
import { ksPValue } from './kolmogorov-smirnov.ts';

const RELATIVE = 1e-9;

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(RELATIVE * Math.abs(expected));
}

describe(`equal to ${references.madeWith} within ${RELATIVE} of each value`, () => {
  it.each(references.samples.map((own) => [own.reference.length, own.current.length, own] as const))(
    'compares samples of %d and %d values, ties among them',
    (_m, _n, { reference, current, statistic, pValue, wasserstein, standardDeviation }) => {
      const column = numericColumn(reference, 5000);
      for (const value of current) column.add(value);
      const comparison = column.compare();
      expectClose(comparison.statistic, statistic);
      expectClose(comparison.pValue, pValue);
      expectClose(comparison.effect, wasserstein / (standardDeviation || 0.001));
    },
  );

  it.each(references.sizes)('has the p-value of $statistic for $m against $n values', ({ statistic, m, n, pValue }) => {
    expectClose(ksPValue(statistic, m, n), pValue);
    expectClose(ksPValue(statistic, n, m), pValue);
  });

  it.each(references.asymptotic)('has the asymptotic p-value of $x for $n values', ({ n, x, survival }) => {
    expectClose(kolmogorovSurvival(x, n), survival);
  });

  it.each(references.counts)('compares the counts $reference with $current', ({ reference, current, ...expected }) => {
    const test = chiSquareContingency(reference, current);
    expectClose(test.statistic, expected.statistic);
    expectClose(test.pValue, expected.pValue);
    expectClose(jensenShannonDistance(reference, current), expected.jensenShannon);
  });

  it.each(references.oneSampleCounts)(
    'compares the counts $observed with the shares of $expected',
    ({ observed, expected, ...own }) => {
      expectClose(chiSquare(observed, expected).statistic, own.statistic);
      expectClose(chiSquare(observed, expected).pValue, own.pValue);
    },
  );

  it("has the p-value of Evidently's own test of its chi-squared", () => {
    expect(chiSquare([16, 16, 16, 16, 16, 8], [16, 18, 16, 14, 12, 12]).pValue).toBeCloseTo(0.67309, 5);
  });
});
