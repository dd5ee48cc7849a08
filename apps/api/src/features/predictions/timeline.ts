/** Counts and live accuracy piece by piece, in the shape of `GET /predictions/timeline`. */
import { type PeriodCount, type PeriodQuery, wilsonInterval } from '@iris/prediction-log';
import { startOf } from '../periods.ts';

/** Versions of a piece that are named, the busiest: somebody may train one each minute. */
const MAX_VERSIONS = 5;

type Figure = 'predictions' | 'judged' | 'correct';

/** Every piece has an entry, whether or not something was predicted in it. */
export function summarizeTimeline(query: PeriodQuery, counts: readonly PeriodCount[]) {
  const byPeriod = Map.groupBy(counts, ({ period }) => period);
  return {
    from: query.from.toISOString(),
    to: startOf(query, query.periods).toISOString(),
    period_seconds: query.periodMs / 1000,
    periods: Array.from({ length: query.periods }, (_, period) => ({
      start: startOf(query, period).toISOString(),
      ...summarize(byPeriod.get(period) ?? []),
    })),
  };
}

function summarize(counts: readonly PeriodCount[]) {
  const total = (figure: Figure) => counts.reduce((sum, count) => sum + count[figure], 0);
  const [judged, correct] = [total('judged'), total('correct')];
  const busiest = [...counts].sort((a, b) => b.predictions - a.predictions).slice(0, MAX_VERSIONS);
  return {
    predictions: total('predictions'),
    judged,
    correct,
    accuracy: judged === 0 ? null : { estimate: correct / judged, ...wilsonInterval(correct, judged) },
    by_version: busiest.map(({ period: _period, ...count }) => count),
  };
}
