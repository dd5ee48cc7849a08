/** Which columns come first. */
import type { DriftColumn, DriftReport, DriftVerdict } from '../../lib/api/drift-types.ts';

const URGENCY: Readonly<Record<DriftVerdict, number>> = { drift: 2, none: 1, 'too few': 0 };

/** All columns: those that drift first, then by effect. */
export function orderColumns({ drift_by_columns }: Pick<DriftReport, 'drift_by_columns'>): readonly DriftColumn[] {
  return Object.values(drift_by_columns).sort(
    (a, b) => URGENCY[b.verdict] - URGENCY[a.verdict] || (b.effect ?? 0) - (a.effect ?? 0),
  );
}
