/** Which pages of other origins may read answers (Fetch standard, "CORS protocol"): said on each answer, and to a browser that asks first. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a browser keeps the answer to its question, in seconds. */
const PREFLIGHT_AGE_S = 600;

/** What pages may do. */
export interface CorsPolicy {
  readonly isAllowed: (origin: string) => boolean;
  readonly methods: readonly string[];
  /** Headers of requests; those of a list that browsers send unasked need no mention. */
  readonly requestHeaders: readonly string[];
  /** Headers of answers that a page can read. */
  readonly exposedHeaders: readonly string[];
}

/**
 * Writes the headers for a page's request; a page that is not allowed gets none, and its browser keeps the answer from it.
 *
 * @returns whether the browser only asks first: nothing but these headers is expected then.
 */
export function writeCorsHeaders({ method, headers }: IncomingMessage, response: ServerResponse, policy: CorsPolicy): boolean {
  // Whoever asks: an answer that is kept on the way must not be given to another page.
  response.appendHeader('vary', 'Origin');
  const { origin } = headers;
  if (origin === undefined || !policy.isAllowed(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  const isQuestion = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  if (!isQuestion) {
    response.setHeader('access-control-expose-headers', policy.exposedHeaders.join(', '));
    return false;
  }
  response.setHeader('access-control-allow-methods', policy.methods.join(', '));
  response.setHeader('access-control-allow-headers', policy.requestHeaders.join(', '));
  response.setHeader('access-control-max-age', PREFLIGHT_AGE_S);
  // A page on the internet that calls a server of the browser's own network.
  if (headers['access-control-request-private-network'] === 'true')
    response.setHeader('access-control-allow-private-network', 'true');
  return true;
}
