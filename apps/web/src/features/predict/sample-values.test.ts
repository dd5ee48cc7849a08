import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import type { NumericFeature } from '../../lib/api/types.ts';
import { decimalsOf, shownValues, snap, startValues, stepOf, toInstance } from './sample-values.ts';

const numeric = (unit: string, min: number, max: number): NumericFeature => ({
  kind: 'numeric',
  name: 'x',
  unit,
  observed: { min, max },
  plausible: { min: 0, max: 1000 },
});

/** Of a unit that nobody said. */
function unknown(min: number, max: number): NumericFeature {
  const { unit: _, ...feature } = numeric('', min, max);
  return feature;
}

describe.each([
  ['iris', loadIris().schema],
  ['churn', generateChurn().schema],
])('the form of %s', (_name, schema) => {
  it('starts with a value of each feature, inside what was observed', () => {
    const values = startValues(schema);
    expect(Object.keys(values)).toEqual(schema.features.map(({ name }) => name));
    for (const feature of schema.features) {
      if (feature.kind === 'categorical') expect(feature.levels).toContain(values[feature.name]);
      if (feature.kind === 'numeric') expect(values[feature.name]).toBeGreaterThanOrEqual(feature.observed.min);
    }
    expect(toInstance(schema, values)).toEqual(values);
  });

  it('sends nothing while a value is missing or not plausible', () => {
    const values = startValues(schema);
    for (const { name } of schema.features) {
      for (const wrong of ['', -1e9]) expect(toInstance(schema, { ...values, [name]: wrong })).toBeUndefined();
    }
  });
});

describe('shownValues', () => {
  const { schema } = generateChurn();

  it('is what the form starts with while nothing is typed', () => {
    expect(shownValues(schema, {})).toEqual(startValues(schema));
  });

  it('keeps what is typed, finished or not, and whatever else is kept of another dataset', () => {
    const typed = { tenure_months: '', num_complaints: 3, plan_type: 'premium', petal_length: 1.4 };
    const { tenure_months, num_complaints, plan_type, petal_length } = shownValues(schema, typed);
    expect([tenure_months, num_complaints, plan_type, petal_length]).toEqual(['', 3, 'premium', undefined]);
  });

  it('leaves out what a feature of another dataset with the same name held', () => {
    const start = startValues(schema);
    expect(shownValues(schema, { tenure_months: 'basic', plan_type: 'gold' })).toEqual(start);
  });
});

it('a value snaps to the steps of its feature and stays plausible', () => {
  expect([5.449, -3, 2000].map((value) => snap(numeric('cm', 4.3, 7.9), value))).toEqual([5.4, 0, 1000]);
  expect(snap(numeric('1', 0, 9), 2.6)).toBe(3);
});

it.each([
  [numeric('cm', 4.3, 7.9), 0.1, 1],
  [numeric('%', 3, 97), 1, 0],
  [numeric('1', 0, 9), 1, 0],
  [numeric('m', 0.01, 0.03), 0.001, 3],
  [numeric('m', 5, 5), 1, 0],
  [unknown(0, 72), 1, 0],
  [unknown(0, 1), 0.01, 2],
  [unknown(0.5, 10), 0.1, 1],
])('case %#: the step follows the observed range', (feature, step, decimals) => {
  expect(stepOf(feature)).toBeCloseTo(step, 12);
  expect(decimalsOf(stepOf(feature))).toBe(decimals);
});
