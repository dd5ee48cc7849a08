/** The end of the process, in an order that loses nothing: stop being chosen, answer what comes, close, keep the log, leave. */
import type { HttpServer } from '@iris/http-server';
import type { Telemetry } from '@iris/telemetry';
import type { Logger } from 'pino';
import type { AppHost } from './app-host.ts';
import type { ApiConfig } from './config.ts';
import type { Lifecycle } from './dependencies.ts';
import type { Explanations } from './features/explain/explanations.ts';
import type { ModelSource } from './models/model-source.ts';

/** What is left to the log where connections have used up the deadline. */
const LOG_MIN_MS = 1000;

export interface ShutdownParts {
  readonly config: ApiConfig;
  readonly lifecycle: Lifecycle;
  readonly http: HttpServer;
  readonly host: AppHost;
  readonly models: ModelSource;
  readonly explanations: Explanations;
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
    ending ??= keepAlive(() => shutDown(parts));
    return ending;
  };
}

// The log's retries do not keep the process alive by themselves: without this it would end, with rows still in memory.
async function keepAlive(work: () => Promise<void>): Promise<void> {
  const alive = setInterval(() => undefined, 1000);
  await work().finally(() => clearInterval(alive));
}

async function shutDown(parts: ShutdownParts): Promise<void> {
  const { config, lifecycle, http, host, models, explanations, telemetry, logger, sleep, clock } = parts;
  logger.info({ drainMs: config.DRAIN_MS, connections: http.connections.count() }, 'draining');
  lifecycle.draining = true;
  http.connections.drain();
  // The endpoints forget this pod while it goes on answering; each answer ends its connection.
  await sleep(config.DRAIN_MS);
  // One deadline for both, so that the whole fits the grace period that a pod is given.
  const deadline = clock() + config.SHUTDOWN_MS;
  await http.close(config.SHUTDOWN_MS);
  models.close();
  try {
    await explanations.close();
    await host.close();
  } finally {
    // Whatever failed before: rows in memory must not go with the process.
    const log = host.log();
    await log?.writer.close(Math.max(LOG_MIN_MS, deadline - clock()));
    await log?.store.close();
    await telemetry.shutDown();
    logger.info({ log: log?.writer.stats() }, 'stopped');
  }
}
