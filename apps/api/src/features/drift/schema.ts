/** Query and answer of `GET /drift`. */
import { Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { DEFAULT_SPAN, MAX_ROWS, SPANS_MS, type Span } from './reports.ts';

const Verdict = Type.Unsafe<'drift' | 'none' | 'too few'>({ type: 'string', enum: ['drift', 'none', 'too few'] });

export const DriftQuery = Type.Object(
  {
    last: Type.Optional(
      Type.Unsafe<Span>({
        type: 'string',
        enum: Object.keys(SPANS_MS),
        description: `The span up to now; ${DEFAULT_SPAN} unless given. Its newest ${MAX_ROWS} predictions are compared.`,
      }),
    ),
    distributions: Type.Optional(
      Type.String({
        pattern: '^([0-9]|[1-9][0-9]|100)$',
        description: 'How many columns have their `distribution`, those that alarm first: 0 to 100, 0 unless given.',
      }),
    ),
  },
  { additionalProperties: false },
);

const Numbers = Type.Array(Type.Number());

/** In one object: what writes answers takes no alternatives of objects. */
const Distribution = Type.Object(
  {
    edges: Type.Optional(
      Type.Array(Type.Number(), {
        description: 'Of a numeric column: ascending edges of bins over the range of the training data.',
      }),
    ),
    categories: Type.Optional(
      Type.Array(Type.String(), { description: 'Of another one: up to 20 names, in the training data’s order.' }),
    ),
    reference: Numbers,
    current: Numbers,
  },
  {
    description:
      'Shares of the training rows and of the predictions over the same bins: below the first edge, in each bin (which holds its lower edge), from the last edge on; or of each category, and of all others.',
  },
);

const ColumnDrift = Type.Object({
  column_name: Type.String(),
  column_role: Type.Unsafe<'feature' | 'prediction'>({ type: 'string', enum: ['feature', 'prediction'] }),
  column_type: Type.Unsafe<'num' | 'cat'>({ type: 'string', enum: ['num', 'cat'] }),
  stattest_name: Type.Unsafe<'ks' | 'chisquare'>({ type: 'string', enum: ['ks', 'chisquare'] }),
  stattest_threshold: Type.Number(),
  statistic: Nullable(Type.Number()),
  drift_score: Nullable(Type.Number({ description: 'p-value.' })),
  p_adjusted: Nullable(Type.Number({ description: 'p-value, corrected over all columns by Holm’s method.' })),
  effect_name: Type.Unsafe<'wasserstein' | 'jensenshannon'>({ type: 'string', enum: ['wasserstein', 'jensenshannon'] }),
  effect: Nullable(Type.Number()),
  effect_error: Type.Number({ description: 'The most by which `effect` can be wrong.' }),
  missing_share: Type.Number(),
  n_reference: Type.Integer(),
  n_current: Type.Integer(),
  drift_detected: Type.Boolean(),
  verdict: Verdict,
  distribution: Type.Optional(Distribution),
});

const Accuracy = Type.Object({
  estimated: Nullable(Type.Number({ description: 'To expect without labels.' })),
  mean_confidence: Nullable(
    Type.Number({ description: 'Mean probability of the predicted class, of which `estimated` is made.' }),
  ),
  estimated_rows: Type.Integer(),
  estimated_confusion_matrix: Type.Array(Type.Array(Type.Number()), { description: '[true class][predicted class].' }),
  judged: Nullable(Type.Integer({ description: 'Predictions of the whole span with feedback.' })),
  correct: Nullable(Type.Integer()),
  actual: Nullable(
    Type.Object({
      estimate: Type.Number(),
      low: Type.Number({ description: 'Lower end of the 95 % Wilson interval.' }),
      high: Type.Number({ description: 'Upper end of the 95 % Wilson interval.' }),
    }),
  ),
});

export const DriftTimelineAnswer = Type.Object({
  from: Type.String(),
  to: Type.String({ description: 'End of the last piece, which may lie ahead.' }),
  period_seconds: Type.Integer(),
  rows_per_period: Type.Integer({ description: 'At most so many predictions of a piece are compared, the newest.' }),
  periods: Type.Array(
    Type.Object({
      start: Type.String(),
      predictions: Type.Integer(),
      rows: Type.Integer({ description: 'Predictions compared.' }),
      verdict: Verdict,
      share_of_drifted_columns: Nullable(Type.Number()),
      greatest_effect: Nullable(Type.Number()),
      greatest_effect_column: Nullable(Type.String()),
    }),
  ),
});

export const DriftAnswer = Type.Object({
  from: Type.String(),
  to: Type.String(),
  rows: Type.Integer({ description: 'Predictions compared.' }),
  verdict: Verdict,
  dataset_drift: Type.Boolean({ description: 'Whether any column drifts.' }),
  number_of_columns: Type.Integer(),
  number_of_drifted_columns: Type.Integer(),
  share_of_drifted_columns: Type.Number(),
  alpha: Type.Number(),
  min_effect: Type.Number(),
  min_rows: Type.Integer(),
  drift_by_columns: Type.Record(Type.String(), ColumnDrift),
  accuracy: Accuracy,
});
