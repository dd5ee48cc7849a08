/** Pages of other origins as callers: none by default, since a page that may call may use whatever network its visitor is in. */
import { type CorsPolicy, writeCorsHeaders } from '@iris/http-server';
import type { FastifyInstance } from 'fastify';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const REQUEST_HEADERS = ['authorization', 'content-type', 'traceparent', 'tracestate', 'x-api-key'];
const EXPOSED_HEADERS = ['Retry-After', 'WWW-Authenticate', 'Allow'];

/**
 * Lets pages of these origins call; call it before routes and before what refuses unknown methods.
 *
 * @param origins such as `https://app.example`; `*` is any.
 */
export function allowPages(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const policy: CorsPolicy = {
    isAllowed: (origin) => origins.includes('*') || origins.includes(origin),
    methods: METHODS,
    requestHeaders: REQUEST_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
  };
  app.addHook('onRequest', async function answerPage(request, reply) {
    if (writeCorsHeaders(request.raw, reply.raw, policy)) return reply.code(204).send();
  });
}
