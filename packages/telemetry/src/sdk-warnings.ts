/** What the SDK would otherwise keep to itself, such as spans that a collector took in part. Failed exports are told by the queue. */
import { diag } from '@opentelemetry/api';
import type { TelemetryOwner } from './open-telemetry.ts';

type Logger = TelemetryOwner['logger'];

/** Longest text of a warning: what is cited in it comes from the collector. */
const MAX_TEXT_LENGTH = 512;
/** A collector can give cause for a warning with each batch: one line of this time is enough. */
const QUIET_MS = 60_000;
/** Every client that leaves while it is answered would be worth a line. */
const EXPECTED = /^Cannot execute the operation on ended Span/;

/** Logs the SDK's warnings. `diag` is the SDK's only way to tell them, and is the whole process's. */
export function hearWarnings(logger: Logger): void {
  const silent = () => undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  function warn(message: string, ...details: unknown[]): void {
    const now = performance.now();
    if (EXPECTED.test(message) || now - saidAt < QUIET_MS) return;
    saidAt = now;
    const text = [message, ...details.map(describe)].join(' ');
    logger.warn({ event: 'traces_warning' }, text.slice(0, MAX_TEXT_LENGTH).trim());
  }
  const listener = { error: silent, info: silent, debug: silent, verbose: silent, warn };
  diag.setLogger(listener, { suppressOverrideMessage: true });
}

/** Bytes of an answer, for one, are not for a log. */
function describe(detail: unknown): string {
  if (detail instanceof Error) return detail.message;
  return typeof detail === 'string' ? detail : '';
}

/** The same logger, but for what it throws: a line that cannot be written must fail neither a request nor the count of the spans. */
export function guardLogger(logger: Logger): Logger {
  const guard = (level: keyof Logger) => (fields: object, message: string) => {
    try {
      logger[level](fields, message);
    } catch {
      // There is nobody left to tell.
    }
  };
  return { info: guard('info'), warn: guard('warn') };
}
