/** Opens the prediction log that the configuration names. */
import { createPredictionWriter, DEFAULT_WRITER_LIMITS } from '@iris/prediction-log';
import { openJsonLinesStore } from '@iris/prediction-log/json-lines';
import { checkConnection, createPostgresStore } from '@iris/prediction-log/postgres';
import { openDeadLetters } from '@iris/prediction-log/spool';
import { systemClock } from '@iris/prediction-log/system-clock';
import type { Telemetry } from '@iris/telemetry';
import type { FastifyBaseLogger } from 'fastify';
import type { ApiConfig } from './config.ts';
import type { PredictionLog } from './dependencies.ts';
import { createLogReporter } from './log-reporter.ts';
import type { Machine } from './machine-folders.ts';
import { type OpenSpool, openDefaultSpool, openNamedSpool } from './open-spool.ts';
import { rememberRowSpans } from './tracing/row-spans.ts';
import { traceStore } from './tracing/trace-store.ts';
import { traceWriter } from './tracing/trace-writer.ts';

const MIB = 1024 * 1024;
/** Of a row in memory with four features and three classes. */
const TYPICAL_ROW_BYTES = 340;

/** Whether predictions are kept. */
export function isLogConfigured({ DATABASE_URL, PREDICTION_LOG }: ApiConfig): boolean {
  return DATABASE_URL !== undefined || PREDICTION_LOG !== undefined;
}

/** What the log turns to besides its store. */
export interface LogSurroundings {
  readonly machine: Machine;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>;
  readonly telemetry: Telemetry;
  /** Takes rows that could be kept nowhere else, one line of JSON each. */
  readonly lastResort: (lines: readonly string[]) => void;
}

/** Opens the log for the dataset's target, which names the column of the label; undefined when none is configured. */
export type OpenLog = (target: string) => Promise<PredictionLog | undefined>;

/**
 * Makes ready what the log needs and the configuration names; does not wait for a database.
 *
 * Apart from opening it, because the target is known only once there is a model, and a directory that cannot be written must be told at
 * the start. A spool that no log was opened for gives itself up: its lease runs out.
 *
 * @returns opens the log, and throws PredictionLogError when the target cannot be a column.
 * @throws PredictionLogError when a directory that the configuration names cannot be written, or a certificate's file read.
 */
export async function prepareLog(
  config: ApiConfig,
  { machine, logger, telemetry, lastResort }: LogSurroundings,
): Promise<OpenLog> {
  const { DATABASE_URL, SPOOL_DIR, SPOOL_LIMIT_MB: limitMb } = config;
  const { onEvent, onDamage, onRisk } = createLogReporter(logger, systemClock);
  const openStore = await prepareStore(config, onRisk);
  if (!openStore) return async () => undefined;
  const named =
    SPOOL_DIR === undefined
      ? undefined
      : { ...(await openNamedSpool(SPOOL_DIR, { limitMb, onDamage })), isLasting: config.SPOOL_LASTS };

  async function chooseSpool(target: string): Promise<OpenSpool | undefined> {
    if (named || !DATABASE_URL) return named;
    const found = await openDefaultSpool(DATABASE_URL.reveal(), target, machine, { limitMb, onDamage });
    announceSpool(logger, found);
    return found.spool && found;
  }

  /** Files are no service that others could be waiting for. */
  function traced<T>(opened: T, wrap: (opened: T, url: string) => T): T {
    return telemetry.isOn && DATABASE_URL ? wrap(opened, DATABASE_URL.reveal()) : opened;
  }

  return async function openLog(target) {
    const rowSpans = rememberRowSpans();
    const store = traced(openStore(target), (opened, url) => traceStore(opened, url, telemetry, rowSpans));
    const place = await chooseSpool(target);
    const writer = createPredictionWriter({
      store,
      clock: systemClock,
      random: Math.random,
      lastResort,
      onEvent,
      ...(place && {
        spool: place.spool,
        isSpoolLasting: place.isLasting,
        deadLetters: openDeadLetters({ directory: place.directory, target, maxBytes: limitMb * MIB }),
      }),
    });
    return { store, writer: traced(writer, (opened) => traceWriter(opened, telemetry, rowSpans)) };
  };
}

async function prepareStore({ DATABASE_URL, PREDICTION_LOG }: ApiConfig, onRisk: (detail: string) => void) {
  if (DATABASE_URL) {
    const connectionString = DATABASE_URL.reveal();
    checkConnection(connectionString);
    return (target: string) => createPostgresStore({ connectionString, target, onRisk });
  }
  if (!PREDICTION_LOG) return undefined;
  const store = await openJsonLinesStore({ directory: PREDICTION_LOG.slice('file:'.length) });
  return () => store;
}

function announceSpool(logger: LogSurroundings['logger'], found: Awaited<ReturnType<typeof openDefaultSpool>>): void {
  if (found.spool) {
    const { directory, isLasting } = found;
    const end = isLasting ? '' : '; the folder does not outlive the container or machine: name one that does in SPOOL_DIR';
    logger.info({ directory }, `predictions wait in ${directory} while the database is away${end}`);
    return;
  }
  const { memoryBytes } = DEFAULT_WRITER_LIMITS;
  const rows = Math.floor(memoryBytes / TYPICAL_ROW_BYTES / 1000) * 1000;
  const detail = `no folder can be written for predictions that wait: while the database is away, memory holds about ${rows} of them (${memoryBytes / MIB} MiB), and the oldest are lost beyond; name a folder in SPOOL_DIR`;
  logger.warn({ event: 'prediction_log_no_spool', rows, reasons: found.reasons }, detail);
}
