/** Counts the different values of a column in bounded memory: all of them while they are few, then the frequent ones and a sample. */

/** Up to here every value is counted, unless a table has very many columns. */
export const MAX_COUNTED = 2000;
/** Times as many values may wait before the rare ones are dropped. */
const WAITING = 4;
/** Longer values cannot be levels, and are kept by their beginning and a hash. */
const MAX_KEPT_CHARS = 250;

/** What is known of a column's values. */
export interface ValueSummary {
  /** How many different ones there are; an estimate, good to some per cent, where they are many. */
  readonly distinct: number;
  /** Whether every value has been counted. */
  readonly isComplete: boolean;
  /** How often each occurs: of all values, or of the most frequent, whose counts may then be low. */
  readonly counts: ReadonlyMap<string, number>;
  /** Whether a value occurs twice; where they are many, among a sample of some thousand values, of which each occurrence is counted. */
  readonly hasRepeats: boolean;
}

/** Takes the values of one column. */
export interface ValueCounter {
  /** @param keep whether frequent values matter once there are many different ones: numbers need none. */
  add(value: string, keep: boolean): void;
  summary(): ValueSummary;
}

/**
 * Makes a counter.
 *
 * The sample holds the values whose hash is below a bound that is halved whenever they are too many, so that each value has the same chance
 * however often it occurs (Wegman's adaptive sampling; Flajolet, Computing 43, 1990). The frequent values are those that are left when the
 * rarest are dropped from time to time (lossy counting; Manku and Motwani, VLDB 2002).
 *
 * @param maxCounted up to how many different values each is counted; memory is some times that.
 */
export function createValueCounter(maxCounted = MAX_COUNTED): ValueCounter {
  const counts = new Map<string, number>();
  let sample: Map<string, number> | undefined;
  let halvings = 0;

  function addMany(value: string, keep: boolean): void {
    if (isSampled(value, halvings)) {
      increment(sample!, value);
      if (sample!.size > maxCounted) halve();
    }
    if (!keep) return;
    increment(counts, value);
    if (counts.size > WAITING * maxCounted) dropRarest(counts, maxCounted);
  }

  function halve(): void {
    while (sample!.size > maxCounted) {
      halvings++;
      for (const value of sample!.keys()) if (!isSampled(value, halvings)) sample!.delete(value);
    }
  }

  return {
    add(given, keep) {
      const value = given.length <= MAX_KEPT_CHARS ? given : `${given.slice(0, MAX_KEPT_CHARS)}…${hashOf(given)}`;
      if (sample) return addMany(value, keep);
      increment(counts, value);
      if (counts.size <= maxCounted) return;
      sample = new Map(counts);
      halve();
      if (!keep) counts.clear();
    },
    summary() {
      const counted = sample ?? counts;
      let hasRepeats = false;
      for (const count of counted.values()) if (count > 1) hasRepeats = true;
      return { distinct: counted.size * 2 ** halvings, isComplete: sample === undefined, counts, hasRepeats };
    },
  };
}

function increment(counts: Map<string, number>, value: string): void {
  const count = counts.get(value);
  if (count === undefined) counts.set(copied(value), 1);
  else counts.set(value, count + 1);
}

/** A cell is a slice of the chunk it came in, and would keep all of it in memory. */
function copied(value: string): string {
  return ` ${value}`.slice(1);
}

function dropRarest(counts: Map<string, number>, kept: number): void {
  const least = Float64Array.from(counts.values()).sort()[counts.size - kept]!;
  // Where all are equally rare, all but the first go: a value that comes often comes again.
  let left = kept;
  for (const [value, count] of counts) if (count < least || (count === least && left-- <= 0)) counts.delete(value);
}

/** Whether the lowest bits of a value's hash are zero. */
function isSampled(value: string, bits: number): boolean {
  return (hashOf(value) & ((1 << bits) - 1)) === 0;
}

/** FNV-1a, with the finalizer of MurmurHash3, so that each bit depends on all characters. */
function hashOf(value: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
