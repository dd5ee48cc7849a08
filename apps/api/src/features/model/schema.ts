/** Answers of `/model` and `/samples`. */
import type { DatasetSchema, Sample } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import { Type } from 'typebox';

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
  checksum: Type.String({ description: 'SHA-256 of the model file’s content.' }),
});

export const ReferenceSamples = Type.Object({
  features: Type.Array(Type.String()),
  samples: Type.Unsafe<readonly Sample[]>({
    type: 'array',
    items: { type: 'array', items: { type: ['number', 'string', 'null'] } },
  }),
  labels: Type.Array(Type.String()),
});
