/** Takes the newest rows of each source, and no more of one than of the others where there are too many. */
import type { FeedbackRow } from './feedback-rules.ts';

/** How many rows are taken. */
export interface Caps {
  /** Of one source. */
  readonly perSource: number;
  /** Of all. */
  readonly total: number;
}

type Rows = Map<string, FeedbackRow>;

/**
 * The sample of a stream, whatever its order, in memory for about twice as many rows as are taken.
 *
 * Rows without a source are of one source together. Of each the newest are taken; where all of these are more than `total`, each source has the same
 * greatest number that fits, so that one with little to say keeps it.
 */
export class FairSample {
  readonly #caps: Caps;
  readonly #sources = new Map<string | null, Rows>();
  #held = 0;
  /** What a source may have where all together are too many. It never grows again: who was cut to it may have lost rows for good. */
  #quota = Number.POSITIVE_INFINITY;
  /** Rows that were left out so far. */
  repeated = 0;
  beyondSource = 0;
  beyondTotal = 0;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  /** Rows in memory. */
  get held(): number {
    return this.#held;
  }

  /** Takes a row for the time being; the same features and label of one source count once, as the newest. */
  add(row: FeedbackRow): void {
    const rows: Rows = this.#sources.get(row.source) ?? new Map();
    this.#sources.set(row.source, rows);
    const identity = `${row.label} ${row.key}`;
    const before = rows.get(identity);
    if (before) this.repeated++;
    else this.#held++;
    if (!before || before.createdAt < row.createdAt) rows.set(identity, row);
    if (rows.size > 2 * this.#caps.perSource) this.#cutSource(rows);
    // Twice the total, and not a row more: then cutting costs little for each row.
    if (this.#held > 2 * this.#caps.total) this.#cutAll();
  }

  /** The rows that are taken, oldest first. */
  take(): FeedbackRow[] {
    this.#cutAll();
    return [...this.#sources.values()].flatMap((rows) => [...rows.values()]).sort((a, b) => -byAge(a, b));
  }

  #cutSource(rows: Rows): void {
    this.beyondSource += this.#cut(rows, this.#caps.perSource);
    this.beyondTotal += this.#cut(rows, this.#quota);
  }

  #cutAll(): void {
    const { total } = this.#caps;
    for (const rows of this.#sources.values()) this.#cutSource(rows);
    if (this.#held <= total) return;
    const sizes = Array.from(this.#sources.values(), ({ size }) => size);
    const quota = fairQuota(sizes, total);
    this.#quota = Math.min(this.#quota, Math.max(1, quota));
    for (const rows of this.#sources.values()) this.#cutSource(rows);
    if (quota === 0) this.#cutSources(total);
  }

  /** Where there are more sources than rows to take: the newest, one of each. */
  #cutSources(total: number): void {
    const newest = [...this.#sources].map(([source, rows]) => ({ source, row: [...rows.values()][0]! }));
    for (const { source } of newest.sort((a, b) => byAge(a.row, b.row)).slice(total)) {
      this.#sources.delete(source);
      this.#held--;
      this.beyondTotal++;
    }
  }

  #cut(rows: Rows, count: number): number {
    if (rows.size <= count) return 0;
    const old = [...rows].sort(([, a], [, b]) => byAge(a, b)).slice(count);
    for (const [identity] of old) rows.delete(identity);
    this.#held -= old.length;
    return old.length;
  }
}

/** The greatest number of rows that each source may have so that all together have at most `total`. */
export function fairQuota(sizes: readonly number[], total: number): number {
  let left = total;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return share;
    left -= size;
  }
  return ascending.at(-1) ?? total;
}

/** Newest first; of one time by their values, so that the order of the stream decides nothing. */
function byAge(a: FeedbackRow, b: FeedbackRow): number {
  return Number(b.createdAt) - Number(a.createdAt) || (a.key < b.key ? -1 : Number(a.key > b.key)) || a.label - b.label;
}
