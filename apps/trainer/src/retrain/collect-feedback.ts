/** Takes from the prediction log the feedback that holds. */
import { type Dataset, datasetOf } from '@iris/dataset';
import type { PredictionStore, TimeSpan } from '@iris/prediction-log';
import type { TakenFeedback } from '../training-set.ts';
import { FairSample } from './fair-sample.ts';
import { createRowCheck, type FeedbackRow, REASONS, type Reason } from './feedback-rules.ts';

/** Shares of the number of trusted rows. */
export interface Shares {
  /** That the feedback of one source may have. */
  readonly source: number;
  /** That all feedback together may have. */
  readonly all: number;
}

/**
 * Reads the log once, in memory for about twice as many rows as are taken (of a log in files, for all feedback). Only rows that are within the shares
 * contradict: a source can have no more rows of others left out than its share.
 *
 * @param base the trusted rows.
 * @throws PredictionLogError when the log cannot be read.
 */
export async function collectFeedback(
  store: Pick<PredictionStore, 'scanFeedback'>,
  base: Dataset,
  span: TimeSpan,
  shares: Shares,
): Promise<TakenFeedback> {
  const counts = new Map<Reason, number>();
  const leaveOut = (reason: Reason, rows: number) => counts.set(reason, (counts.get(reason) ?? 0) + rows);
  const check = createRowCheck(base);
  const count = base.labels.length;
  const sample = new FairSample({ perSource: Math.floor(shares.source * count), total: Math.floor(shares.all * count) });
  let found = 0;
  for await (const part of store.scanFeedback(span)) {
    found += part.length;
    for (const judged of part) {
      const row = check(judged);
      if (typeof row === 'string') leaveOut(row, 1);
      else sample.add(row);
    }
  }
  const chosen = sample.take();
  leaveOut('known already', sample.repeated);
  leaveOut('beyond the share of its source', sample.beyondSource);
  leaveOut('beyond the share of all feedback', sample.beyondTotal);
  const agreed = withoutContradictions(chosen);
  leaveOut('contradictory', chosen.length - agreed.length);
  const taken = onceEach(agreed);
  leaveOut('known already', agreed.length - taken.length);
  return {
    found,
    sources: new Set(taken.map(({ source }) => source)).size,
    leftOut: Object.fromEntries(REASONS.filter((reason) => counts.get(reason)).map((reason) => [reason, counts.get(reason)!])),
    dataset: datasetOf(
      base.schema,
      taken.map((row) => row.sample),
      taken.map(({ label }) => label),
    ),
  };
}

/** Without those whose features have another label in another of them. */
function withoutContradictions(chosen: readonly FeedbackRow[]): FeedbackRow[] {
  const labels = new Map<string, Set<number>>();
  for (const { key, label } of chosen) labels.set(key, (labels.get(key) ?? new Set()).add(label));
  return chosen.filter(({ key }) => labels.get(key)!.size === 1);
}

/** Several sources may have told the same. */
function onceEach(rows: readonly FeedbackRow[]): FeedbackRow[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}
