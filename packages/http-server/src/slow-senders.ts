/** Tells slow senders from slow networks: a body must arrive at a minimum rate, as in Apache's `RequestReadTimeout`. */

/** What is asked of a body that is arriving. */
export interface MinimumRate {
  /** Every body may take this long, whatever its size. */
  readonly graceMs: number;
  /** Each such number of bytes received earns a millisecond more. */
  readonly bytesPerMs: number;
}

/** Of a body that is held until it is whole: 64 KiB/s. */
export const BODY_RATE: MinimumRate = { graceMs: 8000, bytesPerMs: 65.536 };
/**
 * Of a body that is read as a stream, whose rows may be made while they are sent: 16 bytes a second, about a row every two seconds. Slower ones
 * hold a place that others wait for, and can send each row as a request.
 */
export const STREAM_RATE: MinimumRate = { graceMs: 60_000, bytesPerMs: 0.016 };

/**
 * Whether a body that is still arriving should be given up.
 *
 * @param elapsedMs since the request was first seen.
 * @param bytes received of the body since then.
 */
export function isSlow({ graceMs, bytesPerMs }: MinimumRate, elapsedMs: number, bytes: number): boolean {
  return elapsedMs > graceMs + bytes / bytesPerMs;
}
