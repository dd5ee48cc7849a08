/** The error of every store: its code says whether trying again can help. */

/**
 * `UNAVAILABLE`: away, overloaded or not set up; the same call may succeed later. `REFUSED`: these rows can never be kept.
 * `QUERY_INVALID`: a cursor or limit that cannot be. `TARGET_INVALID`: a target name that cannot be a column.
 * `ADDRESS_INVALID`: an address of a database that cannot be used.
 * `SPOOL_UNUSABLE`: the spool directory cannot be written.
 */
export type PredictionLogErrorCode =
  | 'PREDICTION_LOG_UNAVAILABLE'
  | 'PREDICTION_LOG_REFUSED'
  | 'PREDICTION_LOG_QUERY_INVALID'
  | 'PREDICTION_LOG_TARGET_INVALID'
  | 'PREDICTION_LOG_ADDRESS_INVALID'
  | 'PREDICTION_LOG_SPOOL_UNUSABLE';

/** A prediction log that did not do what was asked. */
export class PredictionLogError extends Error {
  readonly code: PredictionLogErrorCode;

  constructor(code: PredictionLogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PredictionLogError';
    this.code = code;
  }

  /** Whether the same call may succeed later. */
  get transient(): boolean {
    return this.code === 'PREDICTION_LOG_UNAVAILABLE';
  }
}
