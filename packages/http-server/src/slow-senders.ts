/** Tells slow senders from slow networks: a body must arrive at a minimum rate, as in Apache's `RequestReadTimeout`. */

/** Every body may take this long, whatever its size. */
const BODY_GRACE_MS = 8000;
/** Each such number of bytes received earns a millisecond more: 64 KiB/s. */
const MIN_BYTES_PER_MS = 65.536;

/**
 * Whether a body that is still arriving should be given up.
 *
 * @param elapsedMs since the request was first seen.
 * @param bytes received of the body since then.
 */
export function isSlow(elapsedMs: number, bytes: number): boolean {
  return elapsedMs > BODY_GRACE_MS + bytes / MIN_BYTES_PER_MS;
}
