import { type DatasetSchema, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { describe, expect, it } from 'vitest';
import { fit } from './fit.ts';
import { partialDependence } from './partial-dependence.ts';
import { trainingRows } from './rows.ts';

describe('partialDependence', async () => {
  const churn = generateChurn({ sampleCount: 500 });
  const samples = samplesOf(churn);
  const { parameters } = await fit('logreg', trainingRows(churn));
  const model = { schema: churn.schema, parameters, samples };

  it('follows a number from its smallest value to its largest: customers who stay longer leave less', () => {
    const points = partialDependence(model, 0);
    expect(points).toHaveLength(12);
    const values = points.map(({ value }) => value as number);
    expect([values[0], values.at(-1)]).toEqual([1, 72]);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    const leaving = points.map(({ probabilities }) => probabilities[1]!);
    expect(leaving).toEqual(leaving.toSorted((a, b) => b - a));
    for (const { probabilities } of points) expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 12);
  });

  it('has a point for each level', () => {
    expect(partialDependence(model, 3).map(({ value }) => value)).toEqual(['basic', 'standard', 'premium']);
  });

  it('passes missing values over', () => {
    const features = churn.schema.features.with(0, { ...churn.schema.features[0]!, missing: true });
    const schema: DatasetSchema = { ...churn.schema, features };
    expect(partialDependence({ ...model, schema, samples: [samples[0]!, samples[1]!.with(0, null)] }, 0)).toHaveLength(1);
  });
});
