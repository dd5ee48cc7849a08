/** JSON Schemas (2020-12) of a sample, derived from the dataset: they validate requests and document the API. */
import { takesAnyText } from './feature-value.ts';
import type { CategoricalFeature, DatasetSchema, Feature, FeatureValue, NumericFeature, Range, Sample } from './schema.ts';

/** A text that is no known level. */
const MAX_LEVEL_CHARS = 500;
const SHOWN_LEVELS = 20;

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schema of one value: plausible range, levels or day; null too where it may be missing. */
export function featureJsonSchema(feature: Feature): JsonSchema {
  const schema = presentValueSchema(feature);
  return feature.missing
    ? { ...schema, type: [schema.type, 'null'], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) }
    : schema;
}

interface ValueSchema extends JsonSchema {
  readonly type: string;
  readonly enum?: readonly string[];
}

function presentValueSchema(feature: Feature): ValueSchema {
  switch (feature.kind) {
    case 'numeric':
      return numberSchema(feature);
    case 'categorical':
      return levelSchema(feature);
    case 'date':
      return {
        type: 'string',
        format: 'date',
        // Validators that pass formats over still refuse a text that is no date.
        pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
        description: `A day, as 2026-05-01; observed ${feature.observed.min} to ${feature.observed.max}.`,
      };
  }
}

function numberSchema({ unit, observed, plausible }: NumericFeature): ValueSchema {
  return {
    type: 'number',
    minimum: plausible.min,
    maximum: plausible.max,
    description: describeRange(unit, observed),
  };
}

function describeRange(unit: string | undefined, { min, max }: Range): string {
  if (unit === undefined) return `Observed ${min} to ${max}.`;
  return `${unit === '1' ? 'Count' : `In ${unit}`}; observed ${min} to ${max}.`;
}

// Where any text is taken, the levels are there for people: an enumeration would refuse the others.
function levelSchema(feature: CategoricalFeature): ValueSchema {
  const { levels } = feature;
  if (!takesAnyText(feature)) return { type: 'string', enum: levels };
  return { type: 'string', maxLength: MAX_LEVEL_CHARS, description: `Any text; known: ${listed(levels)}.` };
}

function listed(levels: readonly string[]): string {
  const shown = levels.slice(0, SHOWN_LEVELS).join(', ');
  return levels.length > SHOWN_LEVELS ? `${shown} and ${levels.length - SHOWN_LEVELS} more` : shown;
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
  return schema.features.map(({ name }) => record[name] as FeatureValue);
}

/** Value by feature name. */
export function recordFromSample(schema: DatasetSchema, sample: Sample): Record<string, FeatureValue> {
  const record: Record<string, FeatureValue> = {};
  for (let index = 0; index < schema.features.length; index++) record[schema.features[index]!.name] = sample[index]!;
  return record;
}
