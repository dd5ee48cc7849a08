/** What became of the rows: see `WriterStats`. */

/** Counted up by the writer and its parts. */
export interface Counts {
  recorded: number;
  written: number;
  dropped: number;
  refused: number;
  handedOver: number;
  lastError: string | null;
}

/** Nothing recorded yet. */
export function createCounts(): Counts {
  return { recorded: 0, written: 0, dropped: 0, refused: 0, handedOver: 0, lastError: null };
}
