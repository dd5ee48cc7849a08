/** Says each change of state of the prediction log in one line, under the name that its metric and its alert have. */
import type { Clock, WriterEvent } from '@iris/prediction-log';
import type { FastifyBaseLogger } from 'fastify';

/** Losses come a batch at a time: the first is said at once, the others of this time together. */
const GATHER_MS = 10_000;

/** What the log tells. */
export interface LogReporter {
  onEvent(event: WriterEvent): void;
  /** A sentence about rows in the spool that cannot be read. */
  onDamage(detail: string): void;
  /** A sentence about a table that may refuse rows. */
  onRisk(detail: string): void;
}

/** Writes to the logger. */
export function createLogReporter(logger: Pick<FastifyBaseLogger, 'info' | 'warn'>, clock: Clock): LogReporter {
  const sayDropped = gather(clock, (rows, reason) =>
    logger.warn({ event: 'prediction_log_dropped', rows }, `predictions are lost: ${reason}`),
  );
  const saySetAside = gather(clock, (rows, reason) =>
    logger.warn(
      { event: 'prediction_log_set_aside', rows },
      `predictions are set aside, which the log can never keep: ${reason}`,
    ),
  );
  return {
    onEvent(event) {
      switch (event.kind) {
        case 'away':
          return logger.warn({ event: 'prediction_log_away' }, `the prediction log is away and rows wait: ${event.reason}`);
        case 'back':
          return logger.info({ event: 'prediction_log_back', awayMs: Math.round(event.awayMs) }, 'the prediction log is back');
        case 'dropped':
          return sayDropped(event.rows, event.reason);
        case 'set-aside':
          return saySetAside(event.rows, event.reason);
        case 'spool-failing':
          return logger.warn({ event: 'prediction_log_spool_failing' }, `the spool of the prediction log fails: ${event.reason}`);
        case 'spool-back':
          return logger.info({ event: 'prediction_log_spool_back' }, 'the spool of the prediction log takes rows again');
      }
    },
    onDamage: (detail) => logger.warn({ event: 'prediction_log_dropped' }, detail),
    onRisk: (detail) => logger.warn({ event: 'prediction_log_risk' }, detail),
  };
}

/** Passes the first on at once, and the sum of those that follow within the time at its end, with the last reason. */
function gather(clock: Clock, say: (rows: number, reason: string) => void): (rows: number, reason: string) => void {
  let isGathering = false;
  let gathered = { rows: 0, reason: '' };
  function settle(): void {
    isGathering = false;
    const { rows, reason } = gathered;
    gathered = { rows: 0, reason: '' };
    if (rows > 0) tell(rows, reason);
  }
  function tell(rows: number, reason: string): void {
    isGathering = true;
    clock.schedule(settle, GATHER_MS);
    say(rows, reason);
  }
  return (rows, reason) => {
    if (isGathering) gathered = { rows: gathered.rows + rows, reason };
    else tell(rows, reason);
  };
}
