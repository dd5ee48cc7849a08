/**
 * How long a connection may do nothing. Node's own `keepAliveTimeout` and `server.timeout` set and clear a timer on every request,
 * 4 % of its cost; here a timer is set only where two sweeps find the same request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Between requests. Longer than the idle timeout of usual clients and load balancers (60 s), so that they close first. */
const KEEP_ALIVE_MS = 75_000;
/** In a request: neither it nor its answer makes progress. */
const STALLED_MS = 30_000;

/**
 * Chooses a socket's timeout in milliseconds; 0 is none.
 *
 * @param lastSeen the connection's request at the sweep before.
 * @param request its latest; undefined when it has not sent one yet, which is Node's `headersTimeout` to judge.
 */
export function idleLimit(
  lastSeen: IncomingMessage | undefined,
  request: IncomingMessage | undefined,
  response: ServerResponse | undefined,
): number {
  if (!request || !response || request !== lastSeen) return 0;
  return request.complete && response.writableFinished ? KEEP_ALIVE_MS : STALLED_MS;
}
