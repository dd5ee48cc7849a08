/** Adds up `PeriodCount`s, for the adapters without a query language. */
import type { PeriodCount, PeriodQuery } from './port.ts';
import { createTally, type Tally } from './tally.ts';

/** Counts by piece of time and version. */
export interface PeriodTally {
  /** Adds to the piece in which that time lies; one outside of all is left out. */
  add(time: Date, ...entry: Parameters<Tally['add']>): void;
  /** By time, then version; null first. */
  counts(): readonly PeriodCount[];
}

/** An empty tally. */
export function createPeriodTally({ from, periods, periodMs }: PeriodQuery): PeriodTally {
  const tallies = Array.from({ length: periods }, createTally);
  return {
    add(time, version, _label, change) {
      tallies[Math.floor((time.getTime() - from.getTime()) / periodMs)]?.add(version, '', change);
    },
    counts: () => tallies.flatMap((tally, period) => tally.counts().map(({ label: _label, ...count }) => ({ period, ...count }))),
  };
}
