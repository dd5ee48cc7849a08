/** `check-drift`: whether live data still look like the training data. */
import { closed, nullable, object } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

const NUMBER = { type: 'number' };
const COUNT = { type: 'integer', minimum: 0 };
const VERDICT = { type: 'string', enum: ['drift', 'none', 'too few'] };

/** One column. */
const COLUMN = object({
  column_name: { type: 'string' },
  column_role: { type: 'string', enum: ['feature', 'prediction'] },
  stattest_name: { type: 'string' },
  statistic: nullable(NUMBER),
  p_adjusted: nullable(NUMBER),
  effect_name: { type: 'string' },
  effect: nullable(NUMBER),
  n_reference: COUNT,
  n_current: COUNT,
  verdict: VERDICT,
});

/** Makes the tool. */
export function createCheckDrift(): Tool {
  return {
    name: 'check-drift',
    title: 'Check drift',
    description:
      'Compares the predictions of late (the last 24 hours unless told) with the training data, feature by feature and in the predicted classes. Verdict: drift, none, or too few predictions. A column drifts when its p-value, corrected over all columns, is at most 0.05 and its effect at least 0.1. Also tells the accuracy to expect without labels, and the actual one where predictions were judged. Drift does not mean that predictions are worse.',
    inputSchema: closed(
      object(
        { last: { type: 'string', enum: ['1h', '6h', '24h', '7d'], description: 'The span up to now; 24h unless given.' } },
        [],
      ),
    ),
    outputSchema: object({
      from: { type: 'string' },
      to: { type: 'string' },
      rows: { ...COUNT, description: 'Predictions compared: the newest of the span.' },
      min_rows: { ...COUNT, description: 'Least number of values for a verdict.' },
      verdict: VERDICT,
      number_of_drifted_columns: COUNT,
      drift_by_columns: { type: 'object', additionalProperties: COLUMN },
      accuracy: object({
        estimated: { ...nullable(NUMBER), description: 'To expect from the probabilities, without labels.' },
        judged: { ...nullable(COUNT), description: 'Predictions whose true class was told.' },
        actual: nullable(object({ estimate: NUMBER, low: NUMBER, high: NUMBER })),
      }),
    }),
    annotations: READS,
    call: async ({ last }, api) => ({ data: await api.get<object>('/drift', { last: last as string | undefined }) }),
  };
}
