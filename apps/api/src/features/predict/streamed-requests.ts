/** Which requests are read as streams, so that the server bounds neither their length nor their duration. */
import type { IncomingMessage } from 'node:http';

const STREAMING_PATH = /^\/predict\/batch(\?|$)/;
const STREAMED_TYPES = /^\s*(application\/x-ndjson|text\/csv)\b/i;

/** Whether the request's body is read as a stream: never held, and as slow as its sender likes. */
export function isStreamed(request: IncomingMessage): boolean {
  return STREAMING_PATH.test(request.url ?? '') && STREAMED_TYPES.test(request.headers['content-type'] ?? '');
}
