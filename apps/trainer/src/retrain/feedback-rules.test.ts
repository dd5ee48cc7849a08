import type { JudgedPrediction } from '@iris/prediction-log';
import { describe, expect, it } from 'vitest';
import { createRowCheck } from './feedback-rules.ts';
import { BASE, judged } from './test-feedback.ts';

const check = createRowCheck(BASE);
const withFeatures = (features: unknown): JudgedPrediction => ({
  ...judged(2.5, 'yes', 'ada'),
  features: features as JudgedPrediction['features'],
});

describe('a row with feedback', () => {
  it('is taken with its values in the order of the features, and its class', () => {
    expect(check(withFeatures({ kind: 'b', step: 2.5 }))).toMatchObject({ sample: [2.5, 'b'], label: 1, source: 'ada' });
  });

  it('is taken up to a quarter of the range beyond the trusted rows, and not further', () => {
    expect([-1, 5].map((step) => typeof check(judged(step, 'yes', 'ada')))).toEqual(['object', 'object']);
    expect([-1.01, 5.01, 1e30].map((step) => check(judged(step, 'yes', 'ada')))).toEqual([
      'far out of range',
      'far out of range',
      'far out of range',
    ]);
  });

  it.each([
    ['no features, as of a row written by hand', withFeatures(null), 'other features'],
    ['a feature of another dataset', withFeatures({ step: 1, kind: 'b', colour: 'red' }), 'other features'],
    ['a feature less', withFeatures({ step: 1 }), 'other features'],
    ['other names', withFeatures({ step: 1, __proto__: null, sort: 'b' }), 'other features'],
    ['a label that is no class', judged(2.5, 'maybe', 'ada'), 'unknown label'],
    ['text for a number', withFeatures({ step: '2', kind: 'b' }), 'unusable value'],
    ['nothing for a number', withFeatures({ step: null, kind: 'b' }), 'unusable value'],
    ['a number beyond what models take', withFeatures({ step: 1e60, kind: 'b' }), 'unusable value'],
    ['an unknown level', withFeatures({ step: 2, kind: 'c' }), 'unusable value'],
    ['another label before', { ...judged(2.5, 'yes', 'ada'), changed: true }, 'changed'],
    ['the features and label of a trusted row', withFeatures({ step: 2, kind: 'a' }), 'known already'],
    ['the features of a trusted row of another label', withFeatures({ step: 1, kind: 'a' }), 'contradictory'],
  ] as const)('with %s is left out', (_what, row, reason) => {
    expect(check(row)).toBe(reason);
  });
});
