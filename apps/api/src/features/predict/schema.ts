/** Bodies and answers of the prediction routes, derived from the served dataset: nothing here names a feature. */
import {
  type DatasetSchema,
  type JsonSchema,
  namedSampleProperties,
  orderedSampleSchema,
  recordFromSample,
  type Sample,
} from '@iris/dataset';
import { type Static, Type } from 'typebox';
import type { Answer, RowOptions } from './predictor.ts';

/** Largest number of instances in one JSON batch; streams have no bound. */
export const MAX_BATCH = 10_000;

/** The caller's own name of a prediction, beside the features. */
export const REQUEST_ID = 'request_id';

/** Longest id. */
export const MAX_REQUEST_ID_CHARS = 200;

const requestId = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_REQUEST_ID_CHARS,
  description: 'Identifies the prediction in the log and for feedback; one is made if absent.',
};

/** The sample in column order, instead of its named fields. */
export const FEATURES = 'features';

/** One sample as a caller sends it: named fields, or `features` in column order; see `instance-forms.ts`. */
export type Instance = Readonly<Record<string, unknown>>;

const LOG = Type.Optional(flag('true', '`false` keeps it out of the log.'));
const PREDICTION_SET = Type.Optional(
  flag(
    'false',
    '`true` adds `prediction_set`: the classes that hold the true one as often as `conformal.level` of `GET /model` says (0.9), whichever class that is.',
  ),
);

/** `?log=false` keeps exploration out of the log. */
export const LogQuery = Type.Object({ log: LOG }, { additionalProperties: false });

/** Beside it, `?prediction_set=true` asks for a set of classes with each answer. */
export const PredictQuery = Type.Object({ log: LOG, prediction_set: PREDICTION_SET }, { additionalProperties: false });

/** What such a query says of the rows. */
export function rowOptions({ log, prediction_set }: Static<typeof PredictQuery>): RowOptions {
  return { logged: log !== 'false', withSet: prediction_set === 'true' };
}

function flag(byDefault: 'true' | 'false', description: string) {
  return Type.Unsafe<'true' | 'false'>({ enum: ['true', 'false'], default: byDefault, description });
}

/** JSON Schema of one instance: the branch is chosen first, so that faults are told of the form that was meant. */
export function instanceSchema(schema: DatasetSchema, example: Sample | undefined): JsonSchema {
  const named = namedSampleProperties(schema);
  return {
    type: 'object',
    if: isOrdered(schema),
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
    then: {
      properties: { features: orderedSampleSchema(schema), request_id: requestId },
      required: ['features'],
      additionalProperties: false,
    },
    else: { properties: { request_id: requestId, ...named }, required: Object.keys(named), additionalProperties: false },
    ...(example && { examples: [recordFromSample(schema, example), { features: example }] }),
  };
}

/** A feature may be called `features` itself; its value is no array. */
function isOrdered({ features }: DatasetSchema): JsonSchema {
  const isTaken = features.some(({ name }) => name === FEATURES);
  return { required: [FEATURES], ...(isTaken && { properties: { [FEATURES]: { type: 'array' } } }) };
}

/** Schema of one answer. */
export function answerSchema(schema: DatasetSchema) {
  const prediction = predictionProperties(schema);
  return Type.Unsafe<Answer>({
    type: 'object',
    properties: {
      ...prediction,
      prediction_set: predictionSetSchema(schema),
      request_id: { type: 'string' },
      warnings: WARNINGS,
    },
    required: [...Object.keys(prediction), 'request_id'],
  });
}

function predictionSetSchema({ classes }: DatasetSchema): JsonSchema {
  return {
    type: 'array',
    items: { type: 'string', enum: classes },
    minItems: 1,
    description: 'With `prediction_set=true`: the classes that the true one is among as often as the model file states.',
  };
}

/** Schemas of what a model says of one sample, and of which model it is. */
export function predictionProperties(schema: DatasetSchema): Readonly<Record<string, JsonSchema>> {
  return {
    prediction: { type: 'string', enum: schema.classes, description: `Predicted ${schema.target}.` },
    class_index: { type: 'integer', minimum: 0 },
    probabilities: byClassSchema(schema, { type: 'number', minimum: 0, maximum: 1 }),
    model: { type: 'string' },
    version: { type: 'string' },
  };
}

/** Schema of an object with a value for each class. */
export function byClassSchema({ classes }: DatasetSchema, value: JsonSchema): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(classes.map((name) => [name, value])), required: classes };
}

export const WARNINGS = {
  type: 'array',
  items: { type: 'string' },
  description: 'Values outside the range the model was trained on.',
};
