/** Puts the agent together from its configuration and starts it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer } from '@iris/http-server';
import { type Telemetry, traceHandler } from '@iris/telemetry';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { approvalKeyOf } from './approval-key.ts';
import type { AgentConfig } from './config.ts';
import { createMetrics } from './metrics.ts';
import { createModel, describeModel } from './providers/create-model.ts';
import { failureReason } from './providers/failure-reason.ts';
import { createShutdown } from './shutdown.ts';
import { keepConnected } from './tools/mcp-connection.ts';
import { traceToolServer } from './tools/trace-tool-server.ts';
import type { TurnEvent } from './turn/run-turn.ts';
import { createTurns } from './turns.ts';

/** Answered however busy the server is: a busy pod is neither restarted nor unobserved. */
const VITAL_PATHS = ['/', '/health', '/ready', '/metrics'];
/** A stream ends its connection in good time anyway: conversations are few and long. */
const REQUESTS_PER_CONNECTION = 100;
const CONNECTION_AGE_MS = 10_000;
/** Bodies in flight may hold so many times the largest of them. */
const BODIES_AT_ONCE = 8;

/** A running agent. */
export interface RunningAgent {
  readonly port: number;
  /** Drains and closes; the same promise however often it is called. */
  shutDown(): Promise<void>;
}

/** Starts the agent and resolves when it listens; the MCP server may come later. */
export async function startAgent({
  config,
  logger,
  telemetry,
}: {
  readonly config: AgentConfig;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}): Promise<RunningAgent> {
  const clock = () => performance.now();
  const connection = keepConnected({
    url: config.MCP_SERVER_URL,
    token: config.MCP_TOKEN?.reveal(),
    propagation: telemetry.propagation,
    logger,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    random: Math.random,
    clock,
  });
  const server = traceToolServer(connection, config.MCP_SERVER_URL, telemetry);
  const turns = createTurns();
  const watched = {
    turnsInFlight: turns.inFlight,
    isConnected: () => server.tools() !== undefined,
    connectionsOpened: connection.opened,
  };
  const metrics = createMetrics(watched, { collectProcess: true });
  const lifecycle = { draining: false };
  const closing = new AbortController();
  const app = await buildApp({
    config,
    logger,
    telemetry,
    server,
    turns,
    metrics,
    lifecycle,
    clock,
    model: createModel(
      config,
      () => new Date(),
      (dialect) => logger.info({ dialect }, 'the language-model server is asked in its own dialect'),
    ),
    limits: config,
    closing: closing.signal,
    approvalKey: approvalKeyOf(config),
    observe: observeWith(metrics.observe, config, logger),
  });
  const answer = traceHandler(telemetry, app.routing, (path) => !VITAL_PATHS.includes(path));
  const http = createHttpServer({
    handler: () => answer,
    requestsPerConnection: REQUESTS_PER_CONNECTION,
    connectionAgeMs: CONNECTION_AGE_MS,
    maxConnections: config.MAX_CONNECTIONS,
    vitalPaths: VITAL_PATHS,
    bufferLimit: BODIES_AT_ONCE * config.BODY_LIMIT,
    clock,
    random: Math.random,
  });
  const port = await http.listen(config.PORT, config.HOST).catch((error: unknown) => {
    connection.stop();
    throw error;
  });
  logger.info({ port, host: config.HOST, model: describeModel(config) }, 'listening');
  return {
    port,
    shutDown: createShutdown({ config, lifecycle, closing, http, app, server: connection, telemetry, logger, sleep }),
  };
}

function observeWith(count: (event: TurnEvent) => void, config: AgentConfig, logger: Logger) {
  return function observe(event: TurnEvent): void {
    count(event);
    // Not the error itself, which carries the whole conversation.
    if (event.kind === 'model failed') logger.warn({ reason: failureReason(event.error, config) }, 'the language model failed');
    if (event.kind === 'approval' && event.answer === 'invalid') logger.warn('an approval was not used: nobody asked for it');
    if (event.kind === 'withheld claim') logger.warn('a sentence was withheld: no tool call bears it out');
  };
}
