/** Adds up `PredictionCount`s, for the adapters without a query language. */
import type { PredictionCount } from './port.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts by version and label. */
export interface Tally {
  /** Adds to the entry of that version and label. */
  add(version: string | null, label: string, change: { predictions?: number; judged?: number; correct?: number }): void;
  /** By version, then label; null first. */
  counts(): readonly PredictionCount[];
}

/** An empty tally; its size is bounded by the number of versions times labels. */
export function createTally(): Tally {
  const entries = new Map<string, Mutable<PredictionCount>>();
  return {
    add(version, label, { predictions = 0, judged = 0, correct = 0 }) {
      const key = JSON.stringify([version, label]);
      const entry = entries.get(key) ?? { version, label, predictions: 0, judged: 0, correct: 0 };
      entries.set(key, entry);
      entry.predictions += predictions;
      entry.judged += judged;
      entry.correct += correct;
    },
    counts: () => [...entries.values()].sort((a, b) => compare(a.version ?? '', b.version ?? '') || compare(a.label, b.label)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
