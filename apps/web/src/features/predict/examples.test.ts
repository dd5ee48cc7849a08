import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { typicalExamples } from './examples.ts';
import { toInstance } from './sample-values.ts';
import { referenceSamples } from './test-samples.ts';

describe.each([
  ['iris', loadIris()],
  ['churn', generateChurn()],
])('the examples of %s', (_name, dataset) => {
  const reference = referenceSamples(dataset);
  const examples = typicalExamples(dataset.schema, reference);

  it('are one for each class, and each is a sample of its class', () => {
    expect(examples.map(({ label }) => label)).toEqual(dataset.schema.classes);
    for (const { label, classIndex, values } of examples) {
      const rows = reference.samples.flatMap((sample, row) => (`${sample}` === `${Object.values(values)}` ? [row] : []));
      expect(rows.map((row) => reference.labels[row])).toContain(label);
      expect(dataset.schema.classes[classIndex]).toBe(label);
    }
  });

  it('can be sent as they are', () => {
    for (const { values } of examples) expect(toInstance(dataset.schema, values)).toEqual(values);
  });
});

it('the example is from the middle of its class, by number and by level', () => {
  const { schema } = generateChurn({ sampleCount: 10 });
  const features = ['plan', 'tenure_months'];
  const samples = [['basic', 1] as const, ['basic', 30] as const, ['premium', 33] as const, ['basic', 60] as const];
  const two = { ...schema, features: schema.features.filter(({ name }) => features.includes(name)) };
  const [example] = typicalExamples(two, { features, samples, labels: samples.map(() => 'no') });
  expect(example!.values).toEqual({ plan: 'basic', tenure_months: 30 });
});

it('a class without samples has no example', () => {
  const { schema } = loadIris();
  expect(typicalExamples(schema, { features: [], samples: [], labels: [] })).toEqual([]);
});
