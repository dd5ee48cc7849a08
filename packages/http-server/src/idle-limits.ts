/**
 * How long a connection may do nothing. Node's own `keepAliveTimeout` and `server.timeout` set and clear a timer on every request,
 * 4 % of its cost; here a timer is set only where two looks at a connection find it in the same state.
 */
import type { ServerResponse } from 'node:http';

/** Between requests. Longer than the idle timeout of usual clients and load balancers (60 s), so that they close first. */
const KEEP_ALIVE_MS = 75_000;
/** In a request: neither it nor its answer makes progress. */
const STALLED_MS = 30_000;

/** A connection at one moment. */
export interface Look {
  /** Requests so far. */
  readonly requests: number;
  /** The answer in flight; undefined between requests. */
  readonly answer: ServerResponse | undefined;
}

/**
 * Chooses a socket's timeout in milliseconds; 0 is none, as for a connection that is in use, or has sent no request yet: that is
 * Node's `headersTimeout` to judge.
 */
export function idleLimit(before: Look | undefined, now: Look): number {
  if (now.requests === 0 || before?.requests !== now.requests || before.answer !== now.answer) return 0;
  return now.answer ? STALLED_MS : KEEP_ALIVE_MS;
}
