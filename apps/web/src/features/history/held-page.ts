/** A page of the log as a reader holds it: it does not move; what comes meanwhile is counted. */
import type { LoggedPrediction, PredictionPage } from '../../lib/api/types.ts';

/** The rows to show, and what there would be besides. */
export interface HeldPage {
  readonly rows: readonly LoggedPrediction[];
  /** Predictions that came since; `isMore` when they fill a page, and so could be more. */
  readonly fresh: { readonly count: number; readonly isMore: boolean };
  /** Cursor of the page after this one, if that has anything of the span. */
  readonly olderCursor: string | undefined;
}

/**
 * Brings the rows of a page that is being read up to date, without moving any.
 *
 * @param held the page as it was when reading began.
 * @param latest what the same question is answered now.
 * @param start rows from before it (milliseconds since 1970) are left out.
 */
export function holdPage(held: PredictionPage, latest: PredictionPage, start: number): HeldPage {
  const now = new Map(latest.predictions.map((row) => [row.id, row]));
  const before = new Set(held.predictions.map(({ id }) => id));
  const fresh = latest.predictions.filter(({ id }) => !before.has(id));
  const isWithin = ({ created_at }: LoggedPrediction) => Date.parse(created_at) >= start;
  // A row that waited for the database is older than its place says: the end of the span is where a page ends beyond it.
  const last = held.predictions.at(-1);
  return {
    rows: held.predictions.filter(isWithin).map((row) => now.get(row.id) ?? row),
    fresh: { count: fresh.length, isMore: fresh.length > 0 && fresh.length === latest.predictions.length },
    olderCursor: last && isWithin(last) ? (held.next_cursor ?? undefined) : undefined,
  };
}
