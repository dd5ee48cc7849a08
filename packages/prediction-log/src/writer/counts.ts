/** What became of the rows: see `WriterStats`. */

/** Counted up by the writer and its parts. */
export interface Counts {
  recorded: number;
  written: number;
  dropped: number;
  setAside: number;
  handedOver: number;
  timesAway: number;
  timesBack: number;
  lastError: string | null;
}

/** Nothing recorded yet. */
export function createCounts(): Counts {
  return { recorded: 0, written: 0, dropped: 0, setAside: 0, handedOver: 0, timesAway: 0, timesBack: 0, lastError: null };
}
