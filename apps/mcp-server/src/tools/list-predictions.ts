/** `list-predictions`: the log, newest first, page by page. */
import type { DatasetSchema } from '@iris/dataset';
import { closed, nullable, object } from './schemas.ts';
import { READS, type Tool } from './tool.ts';

/** Predictions on a page, at most and unless asked otherwise: a model has to read them. */
const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 20;

const TEXT = { type: 'string' };

/** Makes the tool. */
export function createListPredictions(schema: DatasetSchema): Tool {
  const logged = object({
    id: TEXT,
    created_at: { ...TEXT, description: 'ISO 8601, UTC.' },
    prediction: TEXT,
    request_id: nullable(TEXT),
    model: nullable(TEXT),
    version: nullable(TEXT),
    features: nullable({ type: 'object', additionalProperties: { type: ['number', 'string'] } }),
    probabilities: nullable({ type: 'object', additionalProperties: { type: 'number' } }),
    instance: nullable(TEXT),
    feedback: { ...nullable(TEXT), description: 'The true class, once someone told.' },
  });
  const input = {
    limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
    cursor: { type: 'string', minLength: 1, maxLength: 200, description: '`next_cursor` of the page before.' },
    version: { type: 'string', minLength: 1, maxLength: 100, description: 'Only those of this version.' },
    prediction: { type: 'string', enum: schema.classes, description: 'Only those of this class.' },
  };
  return {
    name: 'list-predictions',
    title: 'List predictions',
    description: 'Lists logged predictions, newest first, with their features, probabilities and feedback.',
    inputSchema: closed(object(input, [])),
    outputSchema: object({ predictions: { type: 'array', items: logged }, next_cursor: nullable(TEXT) }),
    annotations: READS,
    async call({ limit = DEFAULT_LIMIT, cursor, version, prediction }, api) {
      const query = { limit, cursor, version, prediction } as Readonly<Record<string, string | number | undefined>>;
      return { data: await api.get<object>('/predictions', query), untrusted: true };
    },
  };
}
