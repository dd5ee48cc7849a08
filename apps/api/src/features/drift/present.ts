/** A measurement as JSON, with the names of Evidently's `DataDriftTable` where it has one. */
import type { ColumnDrift } from '@iris/drift';
import { wilsonInterval } from '@iris/prediction-log';
import type { DriftMeasurement, Judged } from './measure.ts';

/** The body of `GET /drift` and of `node drift.js --json`. */
export function presentDrift({ query, report, estimate, feedback }: DriftMeasurement) {
  const { columns, verdict, alpha, minEffect, minRows, rows } = report;
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
    drift_by_columns: Object.fromEntries(columns.map((column) => [column.name, presentColumn(column, alpha)])),
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

function presentFeedback(feedback: Judged | null) {
  if (!feedback) return { judged: null, correct: null, actual: null };
  const { judged, correct } = feedback;
  return { judged, correct, actual: judged === 0 ? null : { estimate: correct / judged, ...wilsonInterval(correct, judged) } };
}
