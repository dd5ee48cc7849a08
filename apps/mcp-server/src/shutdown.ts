/** The end of the process, in an order that loses no call: stop being chosen, answer what comes, end the streams, close, leave. */
import type { HttpServer } from '@iris/http-server';
import type { Telemetry } from '@iris/telemetry';
import type { Logger } from 'pino';
import type { ApiClient } from './api/api-client.ts';
import type { App } from './app.ts';
import type { ServerConfig } from './config.ts';
import type { Lifecycle } from './http/service-routes.ts';
import type { ModelWatch } from './model-watch.ts';
import type { Peers } from './transports/peers.ts';

/** What is left to connections where streams have used up the deadline: the whole must fit the grace period of a pod. */
const CLOSE_MIN_MS = 500;

export interface ShutdownParts {
  readonly config: Pick<ServerConfig, 'DRAIN_MS' | 'SHUTDOWN_MS'>;
  readonly lifecycle: Lifecycle;
  readonly http: Pick<HttpServer, 'close' | 'connections'>;
  readonly app: Pick<App, 'sse' | 'streamableHttp'>;
  readonly models: Pick<ModelWatch, 'stop'>;
  readonly api: Pick<ApiClient, 'close'>;
  readonly peers: Pick<Peers, 'close'> | undefined;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** Makes the function that ends everything; calling it again has no further effect. */
export function createShutdown(parts: ShutdownParts): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => {
    ending ??= shutDown(parts);
    return ending;
  };
}

async function shutDown({
  config,
  lifecycle,
  http,
  app,
  models,
  api,
  peers,
  telemetry,
  logger,
  sleep,
  clock,
}: ShutdownParts): Promise<void> {
  logger.info({ drainMs: config.DRAIN_MS, connections: http.connections.count() }, 'draining');
  lifecycle.draining = true;
  http.connections.drain();
  // The endpoints forget this pod while it goes on answering; each answer ends its connection.
  await sleep(config.DRAIN_MS);
  // A stream is an answer that never ends: the server would wait for it. Messages to it still come, so the server listens until it has ended.
  const endsAt = clock() + config.SHUTDOWN_MS;
  const deadline = sleep(config.SHUTDOWN_MS);
  await Promise.race([app.sse.drain(), deadline]);
  app.sse.close();
  // Subscriptions end when the last call has been answered: to end them earlier would end the calls too.
  await Promise.all([http.close(Math.max(CLOSE_MIN_MS, endsAt - clock())), Promise.race([app.streamableHttp.close(), deadline])]);
  models.stop();
  api.close();
  peers?.close();
  await telemetry.shutDown();
  logger.info('stopped');
}
