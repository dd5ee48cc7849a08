/** Bounds the probes of all viewers together: a bucket that fills again with time (token bucket). */

/** Probes a second, and at once, that one process of this client sends. */
const PROBES_PER_SECOND = 100;

const SECOND_MS = 1000;

/** Grants as many of the wanted probes as there are left. */
export type ProbeBudget = (wanted: number) => number;

/**
 * Makes a full bucket.
 *
 * @param now a clock in ms.
 */
export function createProbeBudget(now: () => number, perSecond: number = PROBES_PER_SECOND): ProbeBudget {
  let left = perSecond;
  let seenAt = now();
  return function grant(wanted) {
    const at = now();
    left = Math.min(perSecond, left + ((at - seenAt) / SECOND_MS) * perSecond);
    seenAt = at;
    const granted = Math.min(wanted, Math.floor(left));
    left -= granted;
    return granted;
  };
}
