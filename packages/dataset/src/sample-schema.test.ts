import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { generateChurn } from './churn.ts';
import { samplesOf } from './dataset.ts';
import { extrapolationWarnings } from './extrapolation.ts';
import { loadIris } from './iris.ts';
import {
  featureJsonSchema,
  namedSampleProperties,
  orderedSampleSchema,
  recordFromSample,
  sampleFromRecord,
} from './sample-schema.ts';
import type { NumericFeature } from './schema.ts';

const iris = loadIris();
const churn = generateChurn();
const ajv = new Ajv2020({ strict: false });

describe.each([iris, churn])('the sample schemas of $schema.name', (dataset) => {
  const { schema } = dataset;
  const samples = samplesOf(dataset);

  it('accept every sample of the dataset, named and ordered', () => {
    const ordered = ajv.compile(orderedSampleSchema(schema));
    const properties = namedSampleProperties(schema);
    const named = ajv.compile({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
    expect(samples.every((sample) => ordered(sample))).toBe(true);
    expect(samples.every((sample) => named(recordFromSample(schema, sample)))).toBe(true);
  });

  it('refuse a sample with a value missing, added or of another type', () => {
    const ordered = ajv.compile(orderedSampleSchema(schema));
    const sample = samples[0]!;
    for (const bad of [sample.slice(1), [...sample, 1], sample.with(0, 'x'), sample.with(0, true as unknown as number), []]) {
      expect(ordered(bad)).toBe(false);
    }
  });

  it('turn a sample into a record and back', () => {
    expect(sampleFromRecord(schema, recordFromSample(schema, samples[1]!))).toEqual(samples[1]);
  });
});

describe('featureJsonSchema', () => {
  it('bounds a number by what is plausible and describes its unit and observed range', () => {
    expect(featureJsonSchema(iris.schema.features[3]!)).toEqual({
      type: 'number',
      minimum: 0,
      maximum: 10,
      description: 'In cm; observed 0.1 to 2.5.',
    });
  });

  it('says no unit where there is none', () => {
    const { unit: _, ...feature } = iris.schema.features[3]! as NumericFeature;
    expect(featureJsonSchema(feature)).toMatchObject({ description: 'Observed 0.1 to 2.5.' });
  });

  it('lists the levels of a category', () => {
    expect(featureJsonSchema(churn.schema.features[4]!)).toEqual({ type: 'string', enum: ['EU', 'NA', 'APAC'] });
  });
});

describe('featureJsonSchema of a date', () => {
  it('refuses a text that is none, also where formats are passed over', () => {
    const observed = { min: '2026-01-01', max: '2026-02-01' };
    const isDate = new Ajv2020({ validateFormats: false }).compile(
      featureJsonSchema({ kind: 'date', name: 'taken', format: 'dd.mm.yyyy', observed }),
    );
    expect(['2026-05-01', 'yesterday', '01.05.2026', '2026-13-01', ''].map((text) => isDate(text))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('extrapolationWarnings', () => {
  it('is silent inside the observed ranges, their ends included', () => {
    expect(extrapolationWarnings(iris.schema, [4.3, 4.4, 1, 2.5])).toEqual([]);
    expect(extrapolationWarnings(churn.schema, samplesOf(churn)[0]!)).toEqual([]);
  });

  it('names each value outside, in feature order', () => {
    expect(extrapolationWarnings(iris.schema, [4.2, 3, 1, 9])).toEqual([
      'sepal_length = 4.2 is outside the observed range 4.3 to 7.9',
      'petal_width = 9 is outside the observed range 0.1 to 2.5',
    ]);
  });
});
