/** Bounds how often something may begin: a bucket that fills evenly and holds what may come at once. */

/** The part of a minute's number that may come at once. */
const BURST = 0.2;
const MINUTE_MS = 60_000;

/**
 * Makes the bound.
 *
 * @param clock milliseconds, monotonic.
 * @returns function that takes one; gives 0, or the seconds to wait for the next.
 */
export function createRateLimit(perMinute: number, clock: () => number): () => number {
  const capacity = Math.max(1, Math.ceil(perMinute * BURST));
  let level = capacity;
  let filledAt = clock();
  return function take() {
    const now = clock();
    level = Math.min(capacity, level + ((now - filledAt) * perMinute) / MINUTE_MS);
    filledAt = now;
    if (level < 1) return Math.ceil(((1 - level) * MINUTE_MS) / perMinute / 1000);
    level -= 1;
    return 0;
  };
}
