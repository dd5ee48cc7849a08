/** The JSON Schema (2020-12) of a dataset schema document: what `schema.json` beside one's own CSV must look like. */
import { DATE_FORMATS } from './days.ts';
import { MAX_NAME_CHARS, RESERVED_NAMES } from './table/columns.ts';

/** Larger numbers are taken by no model: their products and the squares that scalers sum would overflow. The same as `@iris/model` has. */
export const MAX_MAGNITUDE = 1e50;

/** Any name that a table's header can hold; blanks at its ends would be lost there, and half a character (a lone surrogate) in the log. */
const PLAIN = '[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]';
const NAME_PATTERN = `^(?!\\s)${PLAIN}+(?<!\\s)$`;
/** Levels of a feature: as many bins as trees have. More are grouped. */
export const MAX_LEVELS = 255;
export const MAX_FEATURES = 2000;
export const MAX_CLASSES = 1000;
/** Of a text that stands for a missing value. */
export const MAX_TOKEN_CHARS = 100;
/** Of a level or a class. */
export const MAX_LABEL_CHARS = 200;
const name = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_NAME_CHARS,
  pattern: NAME_PATTERN,
  not: { enum: RESERVED_NAMES },
};
// A control character would break CSV answers and log lines; `__proto__` would vanish as a key of an object.
const label = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_LABEL_CHARS,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
  not: { const: '__proto__' },
};
const range = {
  type: 'object',
  properties: {
    min: { type: 'number', minimum: -MAX_MAGNITUDE, maximum: MAX_MAGNITUDE },
    max: { type: 'number', minimum: -MAX_MAGNITUDE, maximum: MAX_MAGNITUDE },
  },
  required: ['min', 'max'],
  additionalProperties: false,
};

const missing = { const: true };
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };

const numericFeature = {
  properties: {
    kind: true,
    name,
    missing,
    unit: { type: 'string', minLength: 1, maxLength: 20 },
    observed: range,
    plausible: range,
  },
  required: ['name'],
  additionalProperties: false,
};

const categoricalFeature = {
  properties: {
    kind: true,
    name,
    missing,
    levels: { type: 'array', items: label, minItems: 1, maxItems: MAX_LEVELS, uniqueItems: true },
    other: label,
    unknownLevels: { const: 'accept' },
  },
  required: ['name', 'levels'],
  additionalProperties: false,
};

const dateFeature = {
  properties: {
    kind: true,
    name,
    missing,
    format: { enum: [...DATE_FORMATS] },
    observed: { type: 'object', properties: { min: day, max: day }, required: ['min', 'max'], additionalProperties: false },
  },
  required: ['name', 'format'],
  additionalProperties: false,
};

function ofKind(kind: string, schema: object): object {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
  return { if: { properties: { kind: { const: kind } } }, then: schema };
}

/** `observed` and `plausible` are optional here: they can be computed from rows. */
export const DATASET_SCHEMA_DOCUMENT = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' },
    description: { type: 'string', maxLength: 1000 },
    target: name,
    classes: { type: 'array', items: label, minItems: 2, maxItems: MAX_CLASSES, uniqueItems: true },
    features: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_FEATURES,
      items: {
        type: 'object',
        properties: { kind: { enum: ['numeric', 'categorical', 'date'] } },
        required: ['kind'],
        allOf: [ofKind('numeric', numericFeature), ofKind('categorical', categoricalFeature), ofKind('date', dateFeature)],
      },
    },
    missingTokens: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: MAX_TOKEN_CHARS },
      maxItems: 1000,
      uniqueItems: true,
    },
  },
  required: ['name', 'description', 'target', 'classes', 'features'],
  additionalProperties: false,
};
