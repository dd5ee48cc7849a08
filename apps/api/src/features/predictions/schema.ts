/** Queries and answers of the routes that read the prediction log. */
import { Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { MAX_REQUEST_ID_CHARS } from '../predict/schema.ts';
import { INSTANT_PATTERN } from './instant.ts';

/** Predictions on a page unless asked otherwise. */
export const DEFAULT_LIMIT = 50;

export const ListQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9][0-9]{0,2}|1000)$', description: `1 to 1000, default ${DEFAULT_LIMIT}.` }),
    ),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: '`next_cursor` of the page before.' })),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    prediction: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Only this class.' })),
  },
  { additionalProperties: false },
);

const Values = Type.Unsafe<Readonly<Record<string, number | string | null>>>({
  type: 'object',
  additionalProperties: { type: ['number', 'string', 'null'] },
});
const Probabilities = Type.Unsafe<Readonly<Record<string, number>>>({ type: 'object', additionalProperties: { type: 'number' } });

const LoggedPrediction = Type.Object({
  id: Type.String(),
  created_at: Type.String({ description: 'ISO 8601, UTC.' }),
  prediction: Type.String(),
  request_id: Nullable(Type.String()),
  model: Nullable(Type.String()),
  version: Nullable(Type.String()),
  features: Nullable(Values),
  probabilities: Nullable(Probabilities),
  instance: Nullable(Type.String()),
  feedback: Nullable(Type.String({ description: 'The true class, once someone told.' })),
});

export const PredictionList = Type.Object({ predictions: Type.Array(LoggedPrediction), next_cursor: Nullable(Type.String()) });

const Instant = Type.String({
  pattern: INSTANT_PATTERN,
  description: 'ISO 8601, such as 2026-11-30 or 2026-11-30T08:00:00Z.',
});

export const StatsQuery = Type.Object(
  { from: Type.Optional(Instant), to: Type.Optional(Instant) },
  { additionalProperties: false },
);

const Accuracy = Type.Object({
  estimate: Type.Number(),
  low: Type.Number({ description: 'Lower end of the 95 % Wilson interval.' }),
  high: Type.Number({ description: 'Upper end of the 95 % Wilson interval.' }),
});

export const PredictionStats = Type.Object({
  from: Type.String(),
  to: Type.String(),
  predictions: Type.Integer(),
  by_class: Type.Record(Type.String(), Type.Integer()),
  by_version: Type.Array(
    Type.Object({
      version: Nullable(Type.String({ description: 'Null for rows that others wrote.' })),
      predictions: Type.Integer(),
      by_class: Type.Record(Type.String(), Type.Integer()),
      judged: Type.Integer({ description: 'Predictions with feedback.' }),
      correct: Type.Integer(),
      accuracy: Nullable(Accuracy),
    }),
  ),
});

export const PredictionTimeline = Type.Object({
  from: Type.String(),
  to: Type.String({ description: 'End of the last piece, which may lie ahead.' }),
  period_seconds: Type.Integer(),
  periods: Type.Array(
    Type.Object({
      start: Type.String(),
      predictions: Type.Integer(),
      judged: Type.Integer({ description: 'Predictions of this time with feedback, whenever it was given.' }),
      correct: Type.Integer(),
      accuracy: Nullable(Accuracy),
      by_version: Type.Array(
        Type.Object({
          version: Nullable(Type.String()),
          predictions: Type.Integer(),
          judged: Type.Integer(),
          correct: Type.Integer(),
        }),
        { description: 'The busiest first, at most five.' },
      ),
    }),
  ),
});

/** Body of `POST /feedback` for these classes. */
export function feedbackBody(classes: readonly string[]) {
  return Type.Object(
    {
      request_id: Type.String({ minLength: 1, maxLength: MAX_REQUEST_ID_CHARS }),
      label: Type.Unsafe<string>({ type: 'string', enum: classes, description: 'What it was in fact.' }),
      replace: Type.Optional(Type.Boolean({ description: 'Whether a label that was given before gives way; false by default.' })),
    },
    { additionalProperties: false },
  );
}

export const FeedbackAnswer = Type.Object({ request_id: Type.String(), label: Type.String() });
