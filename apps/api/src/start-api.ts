/** Puts the API together from its configuration and starts it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpServer } from '@iris/http-server';
import { readDatabaseSize } from '@iris/prediction-log/postgres';
import { systemClock } from '@iris/prediction-log/system-clock';
import { type Telemetry, traceHandler } from '@iris/telemetry';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { hostApp } from './app-host.ts';
import type { ApiConfig } from './config.ts';
import { watchDatabase } from './database-watch.ts';
import type { AppDependencies, PredictionLog } from './dependencies.ts';
import { createExplanations } from './features/explain/explanations.ts';
import { isStreamed } from './features/predict/streamed-requests.ts';
import { createIdSource } from './ids.ts';
import type { Machine } from './machine-folders.ts';
import { createMetrics } from './metrics.ts';
import type { ModelProblem, ModelSource } from './models/model-source.ts';
import { openModels } from './models/open-models.ts';
import { isLogConfigured, type OpenLog, prepareLog } from './open-log.ts';
import { createShutdown } from './shutdown.ts';

const MIB = 1024 * 1024;
/** Answered however busy the server is: a busy pod is neither restarted nor unobserved. */
const VITAL_PATHS = ['/', '/health', '/startup', '/ready', '/metrics'];

export interface StartOptions {
  readonly config: ApiConfig;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  /** Name of this pod or host. */
  readonly instance: string;
  /** Where this process runs, and as whom. */
  readonly machine: Machine;
  /** Takes lines of JSON: predictions that could be kept nowhere. */
  readonly printLines: (lines: readonly string[]) => void;
}

/** A running API. */
export interface RunningApi {
  readonly port: number;
  /** Drains, closes and keeps what is left to keep; the same promise however often it is called. */
  shutDown(): Promise<void>;
}

/**
 * Starts the API and resolves when it listens.
 *
 * @throws ModelFileError, ModelError or PredictionLogError when the configuration names something that cannot be used.
 */
export async function startApi({ config, logger, telemetry, instance, machine, printLines }: StartOptions): Promise<RunningApi> {
  const openLog = await prepareLog(config, { machine, logger, telemetry, lastResort: printLines });
  const reportProblem = (problem: ModelProblem, err?: unknown) =>
    logger.warn({ ...problem, place: config.MODEL_URI ?? config.REGISTRY_DIR, err }, 'there is no new model to serve');
  const models = await openModels(config, reportProblem, machine);
  const lifecycle = { draining: false };
  const metrics = createMetrics({ collectProcess: true });
  metrics.watchModel(() => models.current());
  if (telemetry.isOn) metrics.watchTelemetry(telemetry);
  const dependencies: AppDependencies = {
    config,
    models,
    metrics,
    telemetry,
    explanations: createExplanations(),
    lifecycle,
    logger,
    instance,
    now: () => new Date(),
    newId: createIdSource(Date.now, randomBytes(8)),
    openLog: once(openLog, function watch(log) {
      metrics.watchLog(log.writer);
      watchDatabaseOf(log, config, metrics.registry, logger);
    }),
  };
  const host = await hostApp(dependencies);
  const answer = traceHandler(
    telemetry,
    (request, response) => host.handler()(request, response),
    (path) => !VITAL_PATHS.includes(path),
  );
  const http = createHttpServer({
    handler: telemetry.isOn ? () => answer : host.handler,
    requestsPerConnection: config.MAX_REQUESTS_PER_CONNECTION,
    connectionAgeMs: config.MAX_CONNECTION_AGE_MS,
    maxConnections: config.MAX_CONNECTIONS,
    vitalPaths: VITAL_PATHS,
    bufferLimit: config.BUFFER_LIMIT,
    isStreamed,
    clock: () => performance.now(),
    random: Math.random,
  });
  const port = await http.listen(config.PORT, config.HOST);
  announce(logger, config, models, port);
  return {
    port,
    shutDown: createShutdown({ ...dependencies, logger, http, host, sleep, clock: () => performance.now() }),
  };
}

function watchDatabaseOf(
  { store }: PredictionLog,
  { DATABASE_URL, DATABASE_LIMIT_MB }: ApiConfig,
  registry: Registry,
  logger: Logger,
): void {
  if (!DATABASE_URL) return;
  watchDatabase({
    measure: () => readDatabaseSize(DATABASE_URL.reveal()),
    isLogReady: () =>
      store.ready().then(
        () => true,
        () => false,
      ),
    limitBytes: DATABASE_LIMIT_MB === undefined ? undefined : DATABASE_LIMIT_MB * MIB,
    registry,
    logger,
    clock: systemClock,
  });
}

/** One log for the life of the process: every model served has the same target. */
function once(open: OpenLog, watch: (log: PredictionLog) => void): OpenLog {
  let log: PredictionLog | undefined;
  return async function openOnce(target) {
    if (log) return log;
    log = await open(target);
    if (log) watch(log);
    return log;
  };
}

function announce(logger: Logger, config: ApiConfig, models: ModelSource, port: number): void {
  const model = models.current();
  logger.info(
    { port, host: config.HOST, model: model?.name, version: model?.version, checksum: model?.document.checksum },
    'listening',
  );
  if (!isLogConfigured(config)) logger.info('predictions are not kept: set DATABASE_URL or PREDICTION_LOG=file:DIR');
}
