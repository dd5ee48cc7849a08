/** The real HTTP application (guards, transports, server), with the tools that the conformance suite asks for instead of the predictor's. */
import { createHttpServer } from '@iris/http-server';
import { NO_TELEMETRY } from '@iris/telemetry';
import { McpServer } from '@modelcontextprotocol/server';
import { pino } from 'pino';
import { buildApp } from '../../../../apps/mcp-server/src/app.ts';
import { readConfig } from '../../../../apps/mcp-server/src/config.ts';
import { createMetrics } from '../../../../apps/mcp-server/src/metrics.ts';
import { registerContentTools } from './content-tools.ts';
import { registerDocuments } from './documents.ts';
import { registerInputTools, STATE } from './input-tools.ts';

/** A listening fixture server. */
interface FixtureServer {
  readonly url: string;
  close(): Promise<void>;
}

function buildServer() {
  const capabilities = { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} };
  const server = new McpServer({ name: 'fixtures', version: '1.0.0' }, { capabilities, requestState: { verify: STATE.verify } });
  registerContentTools(server);
  registerInputTools(server);
  registerDocuments(server);
  return server.server;
}

/** Starts it on a free port of the loopback interface. */
export async function startFixtureServer(): Promise<FixtureServer> {
  const config = readConfig({ RATE_LIMIT: '0' });
  const clock = () => performance.now();
  const { app, sse, streamableHttp } = await buildApp({
    config,
    factory: buildServer,
    models: { current: () => undefined },
    peers: () => undefined,
    metrics: createMetrics(clock),
    telemetry: NO_TELEMETRY,
    lifecycle: { draining: false },
    logger: pino({ level: 'silent' }),
    now: Date.now,
    clock,
    random: Math.random,
  });
  const http = createHttpServer({
    handler: () => app.routing,
    requestsPerConnection: config.MAX_REQUESTS_PER_CONNECTION,
    connectionAgeMs: config.MAX_CONNECTION_AGE_MS,
    maxConnections: config.MAX_CONNECTIONS,
    vitalPaths: [],
    bufferLimit: config.BUFFER_LIMIT,
    clock,
    random: Math.random,
  });
  const port = await http.listen(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      sse.close();
      await Promise.all([http.close(1000), streamableHttp.close()]);
    },
  };
}
