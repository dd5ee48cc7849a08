import { describe, expect, it } from 'vitest';
import type { ExplainedPrediction } from '../../../lib/api/types.ts';
import { contributionRows } from './contribution-rows.ts';

const EXPLAINED: ExplainedPrediction = {
  prediction: 'yes',
  class_index: 1,
  probabilities: { no: 0.2, yes: 0.8 },
  model: 'rf',
  version: '0.1.0',
  base: { no: 0.5, yes: 0.5 },
  contributions: [
    { feature: 'small', value: 1, contributions: { no: -0.1, yes: 0.1 } },
    { feature: 'against', value: 'b', contributions: { no: 0.2, yes: -0.2 } },
    { feature: 'for', value: 3, contributions: { no: -0.4, yes: 0.4 } },
  ],
  reference_samples: 100,
};

describe('contributionRows', () => {
  it('are what each feature adds to the predicted class, those that count most first', () => {
    expect(contributionRows(EXPLAINED)).toEqual([
      { feature: 'for', change: 0.4 },
      { feature: 'against', change: -0.2 },
      { feature: 'small', change: 0.1 },
    ]);
  });

  it('leaves the answer as it was', () => {
    expect(EXPLAINED.contributions.map(({ feature }) => feature)).toEqual(['small', 'against', 'for']);
  });
});
