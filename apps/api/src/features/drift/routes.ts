/** `GET /drift`, `GET /drift/timeline`, and the same figures for Prometheus. */
import type { AppDependencies } from '../../dependencies.ts';
import type { ModelScope } from '../../model-scope.ts';
import { DEFAULT_TIMELINE_SPAN, TimelineQuery } from '../periods.ts';
import { askLog } from '../predictions/ask-log.ts';
import type { DriftMeasurement } from './measure.ts';
import { presentDrift } from './present.ts';
import { DEFAULT_SPAN, DriftReports } from './reports.ts';
import { DriftAnswer, DriftQuery, DriftTimelineAnswer } from './schema.ts';
import { DriftTimelines, presentTimeline } from './timeline.ts';
import { withinSeconds } from './within-seconds.ts';

/** A scrape has figures measured anew when the last ones are older. */
const GAUGES_MS = 60_000;
/** Longest wait for a measurement: a database that stands still would hold it for a minute. It goes on for those who ask later. */
const ANSWER_S = 5;

/** Registers the route; without a log it answers 404 and says how to get one. */
export function registerDrift(scope: ModelScope): void {
  const { app, dependencies, served, log } = scope;
  const { now, metrics, logger } = dependencies;
  const reports = log && new DriftReports({ served, store: log.store, now });
  const schema = {
    summary: 'Whether live data still look like the training data',
    tags: ['prediction log'],
    querystring: DriftQuery,
    response: { 200: DriftAnswer },
  };
  app.get('/drift', { schema }, async ({ query }) => {
    const measurement = await askLog(log, () => withinSeconds(ANSWER_S, reports!.get(query.last ?? DEFAULT_SPAN)));
    return presentDrift(measurement, Number(query.distributions ?? 0));
  });
  registerTimeline(scope);
  metrics.watchDrift(reports ? createGaugeReader(reports, logger) : () => undefined);
}

function registerTimeline({ app, dependencies: { now }, served, log }: ModelScope): void {
  const timelines = log && new DriftTimelines({ served, store: log.store, now });
  const schema = {
    summary: 'Drift over time, against the training data of the model in service',
    tags: ['prediction log'],
    querystring: TimelineQuery,
    response: { 200: DriftTimelineAnswer },
  };
  app.get('/drift/timeline', { schema }, async ({ query }) => {
    return presentTimeline(await askLog(log, () => withinSeconds(ANSWER_S, timelines!.get(query.last ?? DEFAULT_TIMELINE_SPAN))));
  });
}

/** Gives the newest measurement: a scrape never waits for the database, it has a new one made for the next one. A failure is logged once, until it is over. */
function createGaugeReader(reports: DriftReports, logger: AppDependencies['logger']): () => DriftMeasurement | undefined {
  let newest: DriftMeasurement | undefined;
  let isFailing = false;
  return function readGauges() {
    reports.get(DEFAULT_SPAN, GAUGES_MS).then(
      (measurement) => {
        newest = measurement;
        isFailing = false;
      },
      (err: unknown) => {
        if (!isFailing) logger.warn({ err }, 'drift cannot be measured for /metrics; each scrape tries again');
        isFailing = true;
      },
    );
    return newest;
  };
}
