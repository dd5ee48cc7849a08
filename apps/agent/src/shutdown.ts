/** The end of the process, in an order that loses no answer: stop being chosen, answer what comes, end what takes too long, leave. */
import type { HttpServer } from '@iris/http-server';
import type { Telemetry } from '@iris/telemetry';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { AgentConfig } from './config.ts';
import type { Lifecycle } from './dependencies.ts';
import type { McpConnection } from './tools/mcp-connection.ts';

/** Kept of the deadline, so that turns that are ended can still say so. */
const LAST_WORDS_MS = 1000;

export interface ShutdownParts {
  readonly config: Pick<AgentConfig, 'DRAIN_MS' | 'SHUTDOWN_MS'>;
  readonly lifecycle: Lifecycle;
  /** Ends the turns in flight, each with a last sentence. */
  readonly closing: AbortController;
  readonly http: HttpServer;
  readonly app: FastifyInstance;
  readonly server: McpConnection;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Makes the function that ends everything; calling it again has no further effect. */
export function createShutdown(parts: ShutdownParts): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => {
    ending ??= shutDown(parts);
    return ending;
  };
}

async function shutDown(parts: ShutdownParts): Promise<void> {
  const { config, lifecycle, closing, http, app, server, telemetry, logger, sleep } = parts;
  logger.info({ drainMs: config.DRAIN_MS, connections: http.connections.count() }, 'draining');
  lifecycle.draining = true;
  http.connections.drain();
  // The endpoints forget this pod while it goes on answering; each answer ends its connection.
  await sleep(config.DRAIN_MS);
  const lastWords = setTimeout(() => closing.abort(), Math.max(0, config.SHUTDOWN_MS - LAST_WORDS_MS));
  await http.close(config.SHUTDOWN_MS);
  clearTimeout(lastWords);
  // Turns are over: nothing calls a tool any more.
  server.stop();
  await app.close();
  await telemetry.shutDown();
  logger.info('stopped');
}
