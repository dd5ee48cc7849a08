/** Puts the HTTP server together from its configuration and starts it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer } from '@iris/http-server';
import { type Telemetry, traceHandler } from '@iris/telemetry';
import type { Logger } from 'pino';
import { createApiClient } from './api/api-client.ts';
import { buildApp } from './app.ts';
import type { ServerConfig } from './config.ts';
import { VITAL_PATHS } from './http/service-routes.ts';
import { createMetrics } from './metrics.ts';
import { watchModel } from './model-watch.ts';
import { createServerFactory } from './server.ts';
import { createShutdown } from './shutdown.ts';
import { createPeers, type Peers, peerAddress } from './transports/peers.ts';

/** What brings messages. Not /sse, whose answer is a stream of an hour. */
const TRACED_PATHS = ['/mcp', '/messages'];

/** A running server. */
export interface RunningServer {
  readonly port: number;
  /** Drains and closes; the same promise however often it is called. */
  shutDown(): Promise<void>;
}

/** Starts the server and resolves when it listens; it is ready once the API has told its model. */
export async function startServer(config: ServerConfig, logger: Logger, telemetry: Telemetry): Promise<RunningServer> {
  const clock = () => performance.now();
  const metrics = createMetrics(clock, { collectProcess: true });
  const api = createApiClient(config, telemetry);
  // Nobody listens before the application is there.
  let toolsChanged = () => {};
  const models = watchModel({
    api,
    pollMs: config.MODEL_POLL_MS,
    onSchema(schema) {
      logger.info({ dataset: schema.name, features: schema.features.length }, 'the tools are there');
      toolsChanged();
    },
    onProblem: (error) => logger.warn({ api: config.API_URL, err: error }, 'the API does not tell its model'),
  });
  const lifecycle = { draining: false };
  let peers: Peers | undefined;
  const factory = createServerFactory({ api, models, observeCall: metrics.observeCall, telemetry, transport: 'tcp', logger });
  const parts = {
    config,
    factory,
    models,
    peers: () => peers,
    metrics,
    telemetry,
    lifecycle,
    logger,
    now: () => Date.now(),
    clock,
    random: Math.random,
  };
  const app = await buildApp(parts);
  toolsChanged = () => {
    app.streamableHttp.toolsChanged();
    app.sse.toolsChanged();
  };
  const answer = traceHandler(telemetry, app.app.routing, (path) => TRACED_PATHS.includes(path));
  const http = createHttpServer({
    handler: () => answer,
    requestsPerConnection: config.MAX_REQUESTS_PER_CONNECTION,
    connectionAgeMs: config.MAX_CONNECTION_AGE_MS,
    maxConnections: config.MAX_CONNECTIONS,
    vitalPaths: VITAL_PATHS,
    bufferLimit: config.BUFFER_LIMIT,
    clock,
    random: Math.random,
  });
  const port = await http.listen(config.PORT, config.HOST);
  const { POD_IP, PEER_KEY } = config;
  if (POD_IP !== undefined && PEER_KEY) peers = createPeers(peerAddress(POD_IP, port), PEER_KEY.reveal());
  logger.info({ port, host: config.HOST, api: config.API_URL, peers: peers !== undefined }, 'listening');
  return {
    port,
    shutDown: createShutdown({ config, lifecycle, http, app, models, api, peers, telemetry, logger, sleep, clock }),
  };
}
