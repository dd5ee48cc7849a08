/** Time between two attempts. */

/**
 * Exponential backoff with jitter: doubles with each failure up to the longest, and varies by half so that replicas do not come back
 * together (Brooker, M. (2015), "Exponential Backoff And Jitter", AWS Architecture Blog: "equal jitter").
 *
 * @param failures failures in a row, at least 1
 * @param random in [0, 1)
 * @returns milliseconds in [half, whole] of the doubled time
 */
export function backoffMs(failures: number, firstMs: number, longestMs: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return whole / 2 + (random * whole) / 2;
}
