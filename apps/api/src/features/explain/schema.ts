/** The answer of `POST /explain`. */
import type { DatasetSchema, FeatureValue } from '@iris/dataset';
import { Type } from 'typebox';
import type { Answer } from '../predict/predictor.ts';
import { byClassSchema, predictionProperties, WARNINGS } from '../predict/schema.ts';

type ByClass = Readonly<Record<string, number>>;

/** A prediction with what led to it. For each class `base` and all contributions sum to its probability. */
export interface ExplainedAnswer extends Omit<Answer, 'request_id'> {
  /** Mean probabilities over the reference samples. */
  readonly base: ByClass;
  /** One for each feature, in schema order. */
  readonly contributions: readonly { readonly feature: string; readonly value: FeatureValue; readonly contributions: ByClass }[];
  readonly reference_samples: number;
}

/** Schema of an explained answer. */
export function explanationSchema(schema: DatasetSchema) {
  const properties = {
    ...predictionProperties(schema),
    base: {
      ...byClassSchema(schema, { type: 'number', minimum: 0, maximum: 1 }),
      description: 'Mean probabilities over the reference samples; with the contributions they sum to `probabilities`.',
    },
    contributions: {
      type: 'array',
      description: 'What each feature adds: its Shapley value.',
      items: {
        type: 'object',
        properties: {
          feature: { type: 'string', enum: schema.features.map(({ name }) => name) },
          value: { type: ['number', 'string'] },
          contributions: byClassSchema(schema, { type: 'number', minimum: -1, maximum: 1 }),
        },
        required: ['feature', 'value', 'contributions'],
      },
    },
    reference_samples: { type: 'integer', minimum: 1, description: 'How many samples it was compared with.' },
  };
  return Type.Unsafe<ExplainedAnswer>({
    type: 'object',
    properties: { ...properties, warnings: WARNINGS },
    required: Object.keys(properties),
  });
}
