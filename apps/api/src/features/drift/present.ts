/** A measurement as JSON, with the names of Evidently's `DataDriftTable` where it has one. */
import type { ColumnDrift, Distribution, Verdict } from '@iris/drift';
import { wilsonInterval } from '@iris/prediction-log';
import type { DriftMeasurement, Judged } from './measure.ts';

const URGENCY: Readonly<Record<Verdict, number>> = { drift: 2, none: 1, 'too few': 0 };
/** Digits of a share behind the point: a picture shows no more. */
const SHARE_DIGITS = 4;

/**
 * The body of `GET /drift` and of `node drift.js --json`.
 *
 * @param pictured columns that have their distributions, those that alarm first
 */
export function presentDrift({ query, report, estimate, feedback }: DriftMeasurement, pictured = 0) {
  const { columns, verdict, alpha, minEffect, minRows, rows } = report;
  const shown = new Set([...columns].sort(byUrgency).slice(0, pictured));
  const drifted = columns.filter((column) => column.verdict === 'drift').length;
  return {
    from: query.from.toISOString(),
    to: query.to.toISOString(),
    rows,
    verdict,
    dataset_drift: verdict === 'drift',
    number_of_columns: columns.length,
    number_of_drifted_columns: drifted,
    share_of_drifted_columns: drifted / columns.length,
    alpha,
    min_effect: minEffect,
    min_rows: minRows,
    drift_by_columns: Object.fromEntries(
      columns.map((column) => [
        column.name,
        { ...presentColumn(column, alpha), ...(shown.has(column) && { distribution: presentDistribution(column.distribution) }) },
      ]),
    ),
    accuracy: {
      estimated: estimate.accuracy,
      mean_confidence: estimate.confidence,
      estimated_rows: estimate.rows,
      estimated_confusion_matrix: estimate.confusionMatrix.map((row) => [...row]),
      ...presentFeedback(feedback),
    },
  };
}

/** `drift_score` is the p-value before its correction, as of Evidently's tests; the verdict needs `p_adjusted` and `effect`. */
function presentColumn(column: ColumnDrift, alpha: number) {
  return {
    column_name: column.name,
    column_role: column.role,
    column_type: column.type,
    stattest_name: column.test,
    stattest_threshold: alpha,
    statistic: column.statistic,
    drift_score: column.pValue,
    p_adjusted: column.pAdjusted,
    effect_name: column.effectName,
    effect: column.effect,
    effect_error: column.effectError,
    missing_share: column.missingShare,
    n_reference: column.nReference,
    n_current: column.nCurrent,
    drift_detected: column.verdict === 'drift',
    verdict: column.verdict,
  };
}

/** Those that drift first, then by effect; of equals the first. */
function byUrgency(a: ColumnDrift, b: ColumnDrift): number {
  return URGENCY[b.verdict] - URGENCY[a.verdict] || (b.effect ?? 0) - (a.effect ?? 0);
}

function presentDistribution(distribution: Distribution) {
  const round = (shares: readonly number[]) => shares.map((share) => Number(share.toFixed(SHARE_DIGITS)));
  const shares = { reference: round(distribution.reference), current: round(distribution.current) };
  return 'edges' in distribution
    ? { edges: [...distribution.edges], ...shares }
    : { categories: [...distribution.categories], ...shares };
}

function presentFeedback(feedback: Judged | null) {
  if (!feedback) return { judged: null, correct: null, actual: null };
  const { judged, correct } = feedback;
  return { judged, correct, actual: judged === 0 ? null : { estimate: correct / judged, ...wilsonInterval(correct, judged) } };
}
