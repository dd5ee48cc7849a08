/** Answers of `/model` and `/samples`. */
import type { DatasetSchema, FeatureValue, Sample } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import { Type } from 'typebox';
import { byClassSchema } from '../predict/schema.ts';

export const ModelCard = Type.Object({
  name: Type.String({ description: 'Served name.' }),
  algorithm: Type.String({ description: '`rf`, `gbt`, `svm` or `logreg`.' }),
  version: Type.String(),
  dataset: Type.Unsafe<DatasetSchema>({
    type: 'object',
    additionalProperties: true,
    description: 'Features, target and classes.',
  }),
  metrics: Type.Unsafe<ModelDocument['metrics']>({
    type: 'object',
    additionalProperties: true,
    description: 'Figures on unseen samples.',
  }),
  training: Type.Unsafe<ModelDocument['training']>({ type: 'object', additionalProperties: true }),
  comparison: Type.Optional(
    Type.Unsafe<ModelDocument['comparison']>({
      type: 'object',
      additionalProperties: true,
      description: 'All algorithms on the same folds, and why this one was chosen.',
    }),
  ),
  importance: Type.Optional(
    Type.Unsafe<ModelDocument['importance']>({
      type: 'array',
      items: { type: 'object', additionalProperties: true },
      description: 'Rise of the log-loss on unseen rows when a feature has the values of other rows; the most important first.',
    }),
  ),
  conformal: Type.Optional(
    Type.Unsafe<ModelDocument['conformal']>({
      type: 'object',
      additionalProperties: true,
      description: 'Thresholds of sets that hold the true class with the stated probability.',
    }),
  ),
  partialDependenceOf: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Features that `GET /model/partial-dependence` follows; the most important first.',
    }),
  ),
  checksum: Type.String({ description: 'SHA-256 of the model file’s content.' }),
});

/** Query of `/model/partial-dependence`. */
export const FeatureQuery = Type.Object(
  { feature: Type.String({ description: 'One of `partialDependenceOf` of `GET /model`.' }) },
  { additionalProperties: false },
);

/** Schema of a feature's partial dependence. */
export function partialDependenceSchema(schema: DatasetSchema) {
  return Type.Object({
    feature: Type.String(),
    points: Type.Array(
      Type.Object({
        value: Type.Unsafe<FeatureValue>({ type: ['number', 'string', 'null'] }),
        probabilities: Type.Unsafe<Record<string, number>>(byClassSchema(schema, { type: 'number', minimum: 0, maximum: 1 })),
      }),
      {
        description:
          'In the order of the values; mean probabilities over reference samples as the feature takes the value and the others stay.',
      },
    ),
  });
}

export const ReferenceSamples = Type.Object({
  features: Type.Array(Type.String()),
  samples: Type.Unsafe<readonly Sample[]>({
    type: 'array',
    items: { type: 'array', items: { type: ['number', 'string', 'null'] } },
  }),
  labels: Type.Array(Type.String()),
});
