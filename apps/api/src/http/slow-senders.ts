/** Tells slow senders from slow networks: a body must arrive at a minimum rate, as in Apache's `RequestReadTimeout`. */
import type { IncomingMessage } from 'node:http';

/** Every body may take this long, whatever its size. */
const BODY_GRACE_MS = 8000;
/** Each such number of bytes received earns a millisecond more: 64 KiB/s. */
const MIN_BYTES_PER_MS = 65.536;
/** What this route reads as a stream is limited by the socket's idle time instead: a live feed may be slow for as long as it goes on. */
const STREAMING_PATH = /^\/predict\/batch(\?|$)/;
const STREAMED_TYPES = /^\s*(application\/x-ndjson|text\/csv)\b/i;

/**
 * Whether a body that is still arriving should be given up.
 *
 * @param elapsedMs since the request was first seen.
 * @param bytes received of the body since then.
 */
export function isSlow(request: IncomingMessage, elapsedMs: number, bytes: number): boolean {
  return elapsedMs > BODY_GRACE_MS + bytes / MIN_BYTES_PER_MS && !isStreamed(request);
}

/** Whether the request's body is read as a stream: never held, and as slow as its sender likes. */
export function isStreamed(request: IncomingMessage): boolean {
  return STREAMING_PATH.test(request.url ?? '') && STREAMED_TYPES.test(request.headers['content-type'] ?? '');
}
