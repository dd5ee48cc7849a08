/** Sums the log's counts into what people ask: how many of each class, and how good each version is in service. */
import { type PredictionCount, type TimeSpan, wilsonInterval } from '@iris/prediction-log';

/** Statistics over a span of time, in the shape of `GET /predictions/stats`. */
export function summarize(span: TimeSpan, counts: readonly PredictionCount[]) {
  const versions = Map.groupBy(counts, ({ version }) => version);
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    predictions: total(counts, 'predictions'),
    by_class: byClass(counts),
    by_version: [...versions].map(([version, own]) => summarizeVersion(version, own)),
  };
}

function summarizeVersion(version: string | null, counts: readonly PredictionCount[]) {
  const judged = total(counts, 'judged');
  const correct = total(counts, 'correct');
  const accuracy = judged === 0 ? null : { estimate: correct / judged, ...wilsonInterval(correct, judged) };
  return { version, predictions: total(counts, 'predictions'), by_class: byClass(counts), judged, correct, accuracy };
}

function byClass(counts: readonly PredictionCount[]): Record<string, number> {
  const classes = Map.groupBy(counts, ({ label }) => label);
  return Object.fromEntries([...classes].map(([label, own]) => [label, total(own, 'predictions')]));
}

function total(counts: readonly PredictionCount[], figure: 'predictions' | 'judged' | 'correct'): number {
  return counts.reduce((sum, count) => sum + count[figure], 0);
}
