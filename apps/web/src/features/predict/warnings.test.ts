import { extrapolationWarnings, recordFromSample, samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { warningsOf } from './warnings.ts';

describe('warningsOf', () => {
  const iris = loadIris();
  const { schema } = iris;

  it('finds by the schema what the API warns of', () => {
    const sample = [9, 3, 0.2, 1];
    const { extrapolations, others } = warningsOf(
      schema,
      recordFromSample(schema, sample),
      extrapolationWarnings(schema, sample),
    );
    expect(extrapolations.map(({ feature, value }) => [feature.name, value])).toEqual([
      ['sepal_length', 9],
      ['petal_length', 0.2],
    ]);
    expect(others).toEqual([]);
  });

  it('finds nothing in a reference sample, whatever kind its features are', () => {
    const churn = generateChurn();
    for (const [of, sample] of [[schema, samplesOf(iris)[0]!] as const, [churn.schema, samplesOf(churn)[0]!] as const]) {
      expect(warningsOf(of, recordFromSample(of, sample))).toEqual({ extrapolations: [], others: [] });
    }
  });

  it('lets the API speak where it warns of something else', () => {
    const instance = recordFromSample(schema, [9, 3, 1, 1]);
    const sentences = ['sepal_length = 9 is outside the observed range 4.3 to 7.9', 'the model is old'];
    expect(warningsOf(schema, instance, sentences)).toEqual({ extrapolations: [], others: sentences });
  });
});
