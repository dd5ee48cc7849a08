/** Pages of allowed origins as clients: their browser asks first, and keeps from them each header that is not exposed. */
import { type CorsPolicy, writeCorsHeaders } from '@iris/http-server';
import type { FastifyInstance } from 'fastify';

const METHODS = ['GET', 'POST', 'DELETE', 'OPTIONS'];
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'traceparent',
  'tracestate',
];
/** What a client acts on: its session and revision, where to get a token, when to come back. */
const EXPOSED_HEADERS = ['Mcp-Session-Id', 'Mcp-Protocol-Version', 'WWW-Authenticate', 'Retry-After', 'Allow'];

/**
 * Installs the answers in a scope, before a token is asked for: a browser's question carries none.
 *
 * @param names hosts of the pages, without port; `*` is any.
 */
export function answerPages(scope: FastifyInstance, names: readonly string[]): void {
  const policy: CorsPolicy = {
    isAllowed: (origin) => names.includes('*') || names.includes(hostOf(origin)),
    methods: METHODS,
    requestHeaders: REQUEST_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
  };
  scope.addHook('onRequest', async function answerPage(request, reply) {
    // On the raw answer: the transports write it themselves.
    if (writeCorsHeaders(request.raw, reply.raw, policy)) return reply.code(204).send();
  });
  for (const path of ['/sse', '/messages'])
    scope.options(path, (_request, reply) =>
      reply
        .code(204)
        .header('allow', path === '/sse' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS')
        .send(),
    );
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}
