/** The pieces of a span with all that is known of each: counts, accuracy, drift, and which version came. */
import type { DriftTimeline, PredictionTimeline } from '../../../lib/api/drift-types.ts';

/** A piece of time. */
export interface Piece {
  /** Ends, ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly predictions: number;
  readonly judged: number;
  /** Live accuracy with its 95 % Wilson interval; null without feedback. */
  readonly accuracy: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  /** Share of columns that drift, 0 to 1; null where there are too few predictions, or it is not known yet. */
  readonly drifting: number | null;
  /** The column furthest from the training data, and how far; likewise. */
  readonly greatest: { readonly column: string; readonly effect: number } | null;
  /** Versions that answered, the busiest first; null has no name. */
  readonly versions: readonly (string | null)[];
}

/** Puts both answers together, by the beginning of each piece. Drift in pieces of another length belongs to another span: none is known then. */
export function piecesOf(counts: PredictionTimeline, drift: DriftTimeline | undefined): readonly Piece[] {
  const ofThisSpan = drift?.period_seconds === counts.period_seconds ? drift.periods : [];
  const drifts = new Map(ofThisSpan.map((period) => [period.start, period]));
  return counts.periods.map(({ start, predictions, judged, accuracy, by_version }): Piece => {
    const own = drifts.get(start);
    const [column, effect] = [own?.greatest_effect_column, own?.greatest_effect];
    const from = Date.parse(start);
    return {
      from,
      to: from + 1000 * counts.period_seconds,
      predictions,
      judged,
      accuracy,
      drifting: own?.share_of_drifted_columns ?? null,
      greatest: column != null && effect != null ? { column, effect } : null,
      versions: by_version.map(({ version }) => version),
    };
  });
}

/** A version that began to answer most. */
export interface VersionChange {
  /** Beginning of the piece, ms since 1970. */
  readonly at: number;
  readonly version: string | null;
}

/** Where another version than before answers most; the first of all is no change. */
export function versionChanges(pieces: readonly Piece[]): readonly VersionChange[] {
  const served = pieces.flatMap(({ from, versions }) => (versions.length > 0 ? [{ at: from, version: versions[0]! }] : []));
  return served.filter(({ version }, index) => index > 0 && version !== served[index - 1]!.version);
}
