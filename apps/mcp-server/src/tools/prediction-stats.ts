/** `prediction-stats`: what was predicted in a span of time. */
import type { PredictionStatistics } from '../api/answers.ts';
import type { ApiClient } from '../api/api-client.ts';
import { closed, INSTANT, object, VERSION_STATISTICS } from './schemas.ts';
import { type Arguments, READS, type Tool } from './tool.ts';

/** A span of time: the last 24 hours unless told. */
export const SPAN = closed(object({ from: INSTANT, to: INSTANT }, []));

/** Reads the statistics of a span. */
export function readStatistics({ from, to }: Arguments, api: ApiClient): Promise<PredictionStatistics> {
  return api.get('/predictions/stats', { from: from as string | undefined, to: to as string | undefined });
}

/** Makes the tool. */
export function createPredictionStats(): Tool {
  const count = { type: 'integer', minimum: 0 };
  return {
    name: 'prediction-stats',
    title: 'Count predictions',
    description:
      'Counts the logged predictions of a span of time (the last 24 hours unless told) by class and by version, with the accuracy of those that were judged.',
    inputSchema: SPAN,
    outputSchema: object({
      from: { type: 'string' },
      to: { type: 'string' },
      predictions: count,
      by_class: { type: 'object', additionalProperties: count },
      by_version: { type: 'array', items: VERSION_STATISTICS },
    }),
    annotations: READS,
    call: async (args, api) => ({ data: await readStatistics(args, api), untrusted: true }),
  };
}
