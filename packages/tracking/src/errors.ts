/** Errors of tracking: one class, a code, and the values that explain it. */

/**
 * - `TRACKING_ADDRESS`: the tracking URI or a model URI is none that can be used.
 * - `TRACKING_UNREACHABLE`: no connection, one that was cut, or no answer in time. Whether the request was carried out is unknown.
 * - `TRACKING_UNAUTHORIZED`: 401 or 403.
 * - `TRACKING_HOST_REFUSED`: MLflow does not serve under the name by which it was called.
 * - `TRACKING_NOT_FOUND`: no such run, model, version, alias or artifact.
 * - `TRACKING_REFUSED`: any other 4xx; `details.errorCode` is MLflow's own.
 * - `TRACKING_FAILED`: 5xx, after all attempts.
 * - `TRACKING_ANSWER`: an answer that is not MLflow's, is too long, or lacks what it must hold.
 * - `TRACKING_RACE`: what was set was set otherwise by somebody else at the same time.
 * - `TRACKING_NO_PYTHON`: the local store needs MLflow, and there is neither it nor a Python to install it with.
 * - `TRACKING_NOT_STARTED`: a local MLflow could not be installed or started.
 */
export type TrackingErrorCode =
  | 'TRACKING_ADDRESS'
  | 'TRACKING_UNREACHABLE'
  | 'TRACKING_UNAUTHORIZED'
  | 'TRACKING_HOST_REFUSED'
  | 'TRACKING_NOT_FOUND'
  | 'TRACKING_REFUSED'
  | 'TRACKING_FAILED'
  | 'TRACKING_ANSWER'
  | 'TRACKING_RACE'
  | 'TRACKING_NO_PYTHON'
  | 'TRACKING_NOT_STARTED';

/** The values behind an error, such as `{ status: 401, path: 'mlflow/runs/create' }`. */
export type TrackingErrorDetails = Readonly<Record<string, string | number>>;

/** A tracking server that cannot be reached, refuses, or says what cannot be used. Its message never holds a credential. */
export class TrackingError extends Error {
  readonly code: TrackingErrorCode;
  readonly details: TrackingErrorDetails;

  constructor(code: TrackingErrorCode, message: string, details: TrackingErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TrackingError';
    this.code = code;
    this.details = details;
  }
}
