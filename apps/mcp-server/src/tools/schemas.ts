/** JSON Schemas that several tools share. */
import type { DatasetSchema, JsonSchema } from '@iris/dataset';
import type { ObjectSchema } from './tool.ts';

export const REQUEST_ID: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'Identifies the prediction in the log and for feedback; one is made if absent.',
};

export const INSTANT: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d))?$',
  description: 'ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z.',
};

const TEXT: JsonSchema = { type: 'string' };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };

/** A schema that also takes null. */
export function nullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** An object schema. Results may gain members later; arguments may not (`closed`). */
export function object(properties: Readonly<Record<string, JsonSchema>>, required = Object.keys(properties)): ObjectSchema {
  return { type: 'object', properties, required };
}

/** An object schema that takes no further members. */
export function closed(schema: ObjectSchema): ObjectSchema {
  return { ...schema, additionalProperties: false };
}

/** One number for each class. */
export function byClassSchema(schema: DatasetSchema, value: JsonSchema): JsonSchema {
  return object(Object.fromEntries(schema.classes.map((name) => [name, value])));
}

/** The probability of each class. */
export function probabilitiesSchema(schema: DatasetSchema): JsonSchema {
  return byClassSchema(schema, { type: 'number', minimum: 0, maximum: 1 });
}

/** What the API answers to one sample. */
export function predictionSchema(schema: DatasetSchema): ObjectSchema {
  const properties = {
    prediction: { type: 'string', enum: schema.classes, description: `Predicted ${schema.target}.` },
    class_index: COUNT,
    probabilities: probabilitiesSchema(schema),
    model: TEXT,
    version: TEXT,
    request_id: TEXT,
    warnings: { type: 'array', items: TEXT, description: 'Values outside the range the model was trained on.' },
  };
  return object(properties, ['prediction', 'class_index', 'probabilities', 'model', 'version', 'request_id']);
}

/** What is counted of one version; `by_class` holds whatever the log holds. */
export const VERSION_STATISTICS = object({
  version: { ...nullable(TEXT), description: 'Null for rows that others wrote.' },
  predictions: COUNT,
  by_class: { type: 'object', additionalProperties: COUNT },
  judged: { ...COUNT, description: 'Predictions whose true class was told.' },
  correct: COUNT,
  accuracy: nullable({
    ...object({ estimate: { type: 'number' }, low: { type: 'number' }, high: { type: 'number' } }),
    description: 'Share of correct ones among those judged, with its 95 % interval.',
  }),
});
