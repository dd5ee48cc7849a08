/** The answer of `POST /explain`. */
import type { DatasetSchema, FeatureValue } from '@iris/dataset';
import type { Explained } from '@iris/explanation';
import { Type } from 'typebox';
import type { Answer } from '../predict/predictor.ts';
import { byClassSchema, predictionProperties, WARNINGS } from '../predict/schema.ts';

type ByClass = Readonly<Record<string, number>>;

/** A prediction with what led to it. For each class `base` and all contributions sum to its `total`. */
export interface ExplainedAnswer extends Omit<Answer, 'request_id'> {
  /** What adds up. */
  readonly explained: Explained;
  /** Mean over the reference samples. */
  readonly base: ByClass;
  /** What this sample has. */
  readonly total: ByClass;
  /** One for each feature, in schema order. */
  readonly contributions: readonly {
    readonly feature: string;
    readonly value: FeatureValue;
    readonly contributions: ByClass;
    readonly errors?: ByClass;
  }[];
  readonly reference_samples: number;
}

const EXPLAINED: readonly Explained[] = ['probability', 'share', 'margin'];
const EXPLAINED_DESCRIPTION =
  'What `base` and `contributions` add up to. `probability`: of each class. `share`: of the votes of a forest’s trees, before its temperature makes ' +
  'probabilities of them. `margin`: how far a class is ahead of the others, in log-odds (the mean over the other classes of the logarithm of its ' +
  'probability divided by theirs): no probability, and not between 0 and 1.';

/** What is asked for. */
export const ExplainQuery = Type.Object(
  {
    explained: Type.Optional(
      Type.Unsafe<'probability'>({
        enum: ['probability'],
        description:
          'Explain the probability where only a share or a margin can be explained exactly: estimated, with standard errors.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Schema of an explained answer. */
export function explanationSchema(schema: DatasetSchema) {
  const figures = byClassSchema(schema, { type: 'number' });
  const properties = {
    ...predictionProperties(schema),
    explained: { type: 'string', enum: EXPLAINED, description: EXPLAINED_DESCRIPTION },
    base: { ...figures, description: 'Mean over the reference samples; with the contributions it sums to `total`.' },
    total: { ...figures, description: 'What this sample has of what is explained; the same as `probabilities` where these are.' },
    contributions: {
      type: 'array',
      description: 'What each feature adds: its Shapley value.',
      items: {
        type: 'object',
        properties: {
          feature: { type: 'string', enum: schema.features.map(({ name }) => name) },
          value: { type: ['number', 'string', 'null'] },
          contributions: figures,
          errors: {
            ...figures,
            description: 'Standard errors, where the contributions are estimated; absent where they are exact.',
          },
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
