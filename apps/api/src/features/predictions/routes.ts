/** `GET /predictions`, `/predictions/stats`, `/predictions/timeline` and `POST /feedback`: the prediction log, read and judged. */
import type { StoredPrediction } from '@iris/prediction-log';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { periodsUpTo, TimelineQuery } from '../periods.ts';
import { askLog } from './ask-log.ts';
import { feedbackSource } from './feedback-source.ts';
import { readInstant } from './instant.ts';
import {
  DEFAULT_LIMIT,
  FeedbackAnswer,
  feedbackBody,
  ListQuery,
  PredictionList,
  PredictionStats,
  PredictionTimeline,
  StatsQuery,
} from './schema.ts';
import { summarize } from './statistics.ts';
import { summarizeTimeline } from './timeline.ts';

const DAY_MS = 86_400_000;
const tags = ['prediction log'];
const FEEDBACK_ERRORS = {
  unknown: () => new ApiError('PREDICTION_NOT_FOUND', 'No logged prediction has this request_id.'),
  ambiguous: () =>
    new ApiError(
      'REQUEST_ID_AMBIGUOUS',
      'Several logged predictions have this request_id. Send another one with each prediction, or none: the one in the answer is unique then.',
    ),
  judged: () =>
    new ApiError(
      'FEEDBACK_GIVEN',
      'This prediction has feedback with another label. Send "replace": true to put this one in its place.',
    ),
} as const;

/** Registers the routes; without a log they answer 404 and say how to get one. */
export function registerPredictions(scope: ModelScope): void {
  registerList(scope);
  registerStats(scope);
  registerTimeline(scope);
  registerFeedback(scope);
}

function registerList({ app, log }: ModelScope): void {
  const schema = { summary: 'Logged predictions, newest first', tags, querystring: ListQuery, response: { 200: PredictionList } };
  app.get('/predictions', { schema }, async ({ query }) => {
    const { limit, cursor, version, prediction } = query;
    const page = await askLog(log, ({ store }) =>
      store.list({
        limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
        ...(cursor !== undefined && { cursor }),
        ...(version !== undefined && { version }),
        ...(prediction !== undefined && { label: prediction }),
      }),
    );
    return { predictions: page.predictions.map(present), next_cursor: page.nextCursor };
  });
}

function registerStats({ app, dependencies, log }: ModelScope): void {
  const schema = {
    summary: 'Counts by class and version, live accuracy',
    tags,
    querystring: StatsQuery,
    response: { 200: PredictionStats },
  };
  app.get('/predictions/stats', { schema }, async ({ query }) => {
    const to = query.to === undefined ? dependencies.now() : readInstant('/to', query.to);
    const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : readInstant('/from', query.from);
    if (!(from < to))
      throw new ApiError('VALIDATION_FAILED', '`from` must be a time before `to`.', [
        { pointer: '/from', detail: 'must be before to' },
      ]);
    return summarize({ from, to }, await askLog(log, ({ store }) => store.count({ from, to })));
  });
}

function registerTimeline({ app, dependencies, log }: ModelScope): void {
  const schema = {
    summary: 'Counts by version and live accuracy over time',
    tags,
    querystring: TimelineQuery,
    response: { 200: PredictionTimeline },
  };
  app.get('/predictions/timeline', { schema }, async ({ query }) => {
    const periods = periodsUpTo(dependencies.now(), query.last);
    return summarizeTimeline(periods, await askLog(log, ({ store }) => store.countByPeriod(periods)));
  });
}

function registerFeedback({ app, dependencies, log, schema: { classes } }: ModelScope): void {
  const sourceOf = feedbackSource(dependencies.config.API_KEY);
  const schema = {
    summary: 'Tell the true class of a prediction',
    tags,
    body: feedbackBody(classes),
    response: { 200: FeedbackAnswer },
  };
  app.post('/feedback', { schema }, async ({ body, ip }) => {
    const { request_id, label, replace = false } = body;
    const outcome = await askLog(log, async ({ store, writer }) => {
      // The prediction may have been answered a moment ago and still wait in memory.
      await writer.flush();
      return store.recordFeedback({ requestId: request_id, label, replace, source: sourceOf(ip) });
    });
    if (outcome !== 'kept') throw FEEDBACK_ERRORS[outcome]();
    return { request_id, label };
  });
}

function present(stored: StoredPrediction) {
  const { id, createdAt, label, requestId, model, version, features, probabilities, instance, feedback } = stored;
  return {
    id,
    created_at: createdAt.toISOString(),
    prediction: label,
    request_id: requestId,
    model,
    version,
    features,
    probabilities,
    instance,
    feedback,
  };
}
