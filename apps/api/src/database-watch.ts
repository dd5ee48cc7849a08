/** Watches how large the database grows: a metric, and a line in the log before its volume is full. */
import type { Clock } from '@iris/prediction-log';
import { Gauge, type Registry } from 'prom-client';

const MIB = 1024 * 1024;
const MEASURE_MS = 60_000;
/** Share of the limit from which the log warns. */
const WARN_SHARE = 0.8;
/** Below it the warning is over: what was deleted gives its room back in steps. */
const CALM_SHARE = 0.75;

/** What is watched, and who is told. */
export interface DatabaseWatchOptions {
  /** Gives the size in bytes. */
  readonly measure: () => Promise<number>;
  /** Whether the log takes rows: where it does not, it says so itself, and why. */
  readonly isLogReady: () => Promise<boolean>;
  /** What the database may take; without it, its size is only shown. */
  readonly limitBytes: number | undefined;
  readonly registry: Registry;
  readonly logger: { info(facts: object, line: string): void; warn(facts: object, line: string): void };
  readonly clock: Clock;
}

/** Measures at once and then each minute, for the rest of the process; a measurement that fails although the log is ready is told once. */
export function watchDatabase({ measure, isLogReady, limitBytes, registry, logger, clock }: DatabaseWatchOptions): void {
  const size = registerGauges(registry, limitBytes);
  let isFilling = false;
  let isUnknown = false;

  function onSize(bytes: number): void {
    if (isUnknown) logger.info({ event: 'prediction_log_database_measured' }, 'the size of the database is known again');
    isUnknown = false;
    size.set(bytes);
    if (limitBytes !== undefined) judge(bytes, limitBytes);
  }

  function judge(bytes: number, limit: number): void {
    const facts = { databaseBytes: bytes, limitBytes: limit };
    const share = `${Math.floor(bytes / MIB)} MiB of the ${Math.floor(limit / MIB)} MiB that it may (DATABASE_LIMIT_MB)`;
    if (!isFilling && bytes >= WARN_SHARE * limit) {
      isFilling = true;
      const detail = `the database takes ${share}: enlarge its volume or delete old predictions, before it is full and takes no more`;
      logger.warn({ event: 'prediction_log_database_filling', ...facts }, detail);
    } else if (isFilling && bytes < CALM_SHARE * limit) {
      isFilling = false;
      logger.info({ event: 'prediction_log_database_roomy', ...facts }, `the database has room again: it takes ${share}`);
    }
  }

  async function onFailure(error: unknown): Promise<void> {
    size.set(Number.NaN);
    if (isUnknown || !(await isLogReady())) return;
    isUnknown = true;
    const { message } = error as Error;
    logger.warn({ event: 'prediction_log_database_unmeasured' }, `the size of the database is not known: ${message}`);
  }

  async function look(): Promise<void> {
    await measure().then(onSize, onFailure);
    clock.schedule(() => void look(), MEASURE_MS);
  }

  void look();
}

function registerGauges(registry: Registry, limitBytes: number | undefined): Gauge {
  const registers = [registry];
  if (limitBytes !== undefined) {
    const help = 'Bytes that the database of the predictions may take (DATABASE_LIMIT_MB)';
    new Gauge({ name: 'prediction_log_database_limit_bytes', help, registers }).set(limitBytes);
  }
  const size = new Gauge({ name: 'prediction_log_database_bytes', help: 'Size of the database of the predictions', registers });
  size.set(Number.NaN);
  return size;
}
