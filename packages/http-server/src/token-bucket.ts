/** Bounds how often something may be done: a bucket that fills evenly, and holds what may be done at once. */

/** Takes one; gives 0, or the seconds to wait for the next. */
export type TokenBucket = () => number;

/**
 * Makes a bucket, full.
 *
 * @param capacity what may be taken at once; at least 1.
 * @param perSecond how fast it fills; 0 for a bucket that is never filled again.
 * @param clock milliseconds, monotonic.
 */
export function createTokenBucket(capacity: number, perSecond: number, clock: () => number): TokenBucket {
  let level = capacity;
  let filledAt = clock();
  return function take() {
    const now = clock();
    level = Math.min(capacity, level + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
    if (level < 1) return (1 - level) / perSecond;
    level -= 1;
    return 0;
  };
}
