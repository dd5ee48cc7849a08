/** The composition root of the HTTP application: what is registered, in which order, with what. */

import { problemDocument } from '@iris/http-server';
import { nameRoutes, type Telemetry } from '@iris/telemetry';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ServerConfig } from './config.ts';
import { guard } from './http/guards.ts';
import { checkIssued } from './http/issued-tokens.ts';
import { answerInJsonRpc } from './http/json-rpc.ts';
import { readLeniently } from './http/lenient-requests.ts';
import { checkSecret, type TokenCheck } from './http/require-token.ts';
import { registerResourceMetadata } from './http/resource-metadata.ts';
import { type Lifecycle, registerService } from './http/service-routes.ts';
import type { Metrics } from './metrics.ts';
import type { ModelWatch } from './model-watch.ts';
import type { ServerFactory } from './server.ts';
import type { Peers } from './transports/peers.ts';
import { registerSse, type Sse } from './transports/sse.ts';
import { registerStreamableHttp, type StreamableHttp } from './transports/streamable-http.ts';

export interface AppParts {
  readonly config: ServerConfig;
  readonly factory: ServerFactory;
  readonly models: Pick<ModelWatch, 'current'>;
  readonly peers: () => Peers | undefined;
  readonly metrics: Metrics;
  readonly telemetry: Telemetry;
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
  /** Milliseconds: since 1970, and monotonic. */
  readonly now: () => number;
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** The application and its transports. */
export interface App {
  readonly app: FastifyInstance;
  readonly sse: Sse;
  readonly streamableHttp: StreamableHttp;
}

/** Builds it, ready to answer; it does not listen. */
export async function buildApp(parts: AppParts): Promise<App> {
  const { config, factory, metrics, logger, now, clock, random } = parts;
  const app = Fastify({
    bodyLimit: config.BODY_LIMIT,
    // As people write addresses: `/mcp/`, `//sse`.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
  });
  nameRoutes(app, parts.telemetry);
  app.removeContentTypeParser('text/plain');
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send(problemDocument(404, 'NOT_FOUND', 'There is /mcp, and /sse for older clients.')),
  );
  registerService(app, parts);
  registerResourceMetadata(app, config);
  const transports = Promise.withResolvers<Omit<App, 'app'>>();
  await app.register(async function mcpRoutes(scope) {
    guard(scope, config, tokenChecksOf(parts), metrics, clock);
    readLeniently(scope);
    answerInJsonRpc(scope, logger);
    transports.resolve({
      streamableHttp: registerStreamableHttp(scope, {
        factory,
        keepAliveMs: config.KEEP_ALIVE_MS,
        maxSubscriptions: Math.floor((config.MAX_CONNECTIONS - config.MAX_STREAMS) / 2),
        metrics,
        now,
        logger,
      }),
      sse: registerSse(scope, {
        factory,
        peers: parts.peers,
        keepAliveMs: config.KEEP_ALIVE_MS,
        maxStreams: config.MAX_STREAMS,
        maxAgeMs: config.MAX_STREAM_AGE_MS,
        metrics,
        logger,
        now,
        random,
      }),
    });
  });
  await app.ready();
  return { app, ...(await transports.promise) };
}

/** Each way to get in: with the secret, and with a token that the issuer signed. */
function tokenChecksOf({ config, logger, clock }: AppParts): TokenCheck[] {
  const { MCP_TOKEN, OAUTH_ISSUER, PUBLIC_URL } = config;
  return [
    ...(MCP_TOKEN ? [checkSecret(MCP_TOKEN)] : []),
    ...(OAUTH_ISSUER !== undefined && PUBLIC_URL !== undefined
      ? [checkIssued({ ...config, OAUTH_ISSUER, PUBLIC_URL }, logger, clock)]
      : []),
  ];
}
