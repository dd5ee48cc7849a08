import { describe, expect, it } from 'vitest';
import type { ExplainedPrediction } from '../../../lib/api/types.ts';
import { byWeight, contributionRows, hasMore } from './contribution-rows.ts';

const EXPLAINED: ExplainedPrediction = {
  prediction: 'yes',
  class_index: 1,
  probabilities: { no: 0.2, yes: 0.8 },
  model: 'rf',
  version: '0.1.0',
  explained: 'probability',
  base: { no: 0.5, yes: 0.5 },
  total: { no: 0.2, yes: 0.8 },
  contributions: [
    { feature: 'small', value: 1, contributions: { no: -0.1, yes: 0.1 } },
    { feature: 'against', value: 'b', contributions: { no: 0.2, yes: -0.2 } },
    { feature: 'for', value: 3, contributions: { no: -0.4, yes: 0.4 } },
  ],
  reference_samples: 100,
};

function wide(count: number): ExplainedPrediction {
  const contributions = Array.from({ length: count }, (_, index) => ({
    feature: `x${index}`,
    value: index,
    contributions: { no: -index, yes: index },
  }));
  return { ...EXPLAINED, contributions };
}

describe('contributionRows', () => {
  it('are what each feature adds to the class, those that count most for the predicted one first', () => {
    expect(contributionRows(EXPLAINED, 'yes', false)).toEqual([
      { feature: 'for', change: 0.4 },
      { feature: 'against', change: -0.2 },
      { feature: 'small', change: 0.1 },
    ]);
    expect(contributionRows(EXPLAINED, 'no', false).map(({ change }) => change)).toEqual([-0.4, 0.2, -0.1]);
  });

  it('leaves the answer as it was', () => {
    byWeight(EXPLAINED);
    expect(EXPLAINED.contributions.map(({ feature }) => feature)).toEqual(['small', 'against', 'for']);
  });

  it('are ten of many features, and the rest together; all on request', () => {
    const rows = contributionRows(wide(60), 'yes', false);
    expect(rows.map(({ feature }) => feature)).toEqual([...Array.from({ length: 10 }, (_, at) => `x${59 - at}`), undefined]);
    expect(rows.at(-1)?.change).toBe((49 * 50) / 2);
    expect(contributionRows(wide(60), 'yes', true)).toHaveLength(60);
  });

  it('show eleven features all', () => {
    expect([11, 12].map((count) => hasMore(wide(count)))).toEqual([false, true]);
    expect(contributionRows(wide(11), 'yes', false)).toHaveLength(11);
  });
});
