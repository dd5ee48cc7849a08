/** JSON Schemas (2020-12) of a sample, derived from the dataset: they validate requests and document the API. */
import type { DatasetSchema, Feature, Sample } from './schema.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schema of one value: plausible range or levels. */
export function featureJsonSchema(feature: Feature): JsonSchema {
  if (feature.kind === 'categorical') return { type: 'string', enum: feature.levels };
  const { unit, observed, plausible } = feature;
  const measured = unit === '1' ? 'Count' : `In ${unit}`;
  return {
    type: 'number',
    minimum: plausible.min,
    maximum: plausible.max,
    description: `${measured}; observed ${observed.min} to ${observed.max}.`,
  };
}

/** Schemas of the named form: one property per feature, all required. */
export function namedSampleProperties(schema: DatasetSchema): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(schema.features.map((feature) => [feature.name, featureJsonSchema(feature)]));
}

/** Schema of the ordered form: an array with one value per feature. */
export function orderedSampleSchema(schema: DatasetSchema): JsonSchema {
  const size = schema.features.length;
  return { type: 'array', prefixItems: schema.features.map(featureJsonSchema), items: false, minItems: size, maxItems: size };
}

/** A sample in schema order from a record that has a valid value for each feature. */
export function sampleFromRecord(schema: DatasetSchema, record: Readonly<Record<string, unknown>>): Sample {
  return schema.features.map(({ name }) => record[name] as number | string);
}

/** Value by feature name. */
export function recordFromSample(schema: DatasetSchema, sample: Sample): Record<string, number | string> {
  const record: Record<string, number | string> = {};
  for (let index = 0; index < schema.features.length; index++) record[schema.features[index]!.name] = sample[index]!;
  return record;
}
