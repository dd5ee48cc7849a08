/** Every error code the API answers with, and its HTTP status: the only place that knows both. `docs/errors.md` explains each. */

/** Status by code. A code that is not here is a fault of ours: 500, and nothing of it is shown. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  JSON_MALFORMED: 400,
  REQUEST_MALFORMED: 400,
  UNAUTHORIZED: 401,
  API_KEY_NEEDED: 403,
  NOT_FOUND: 404,
  PREDICTION_NOT_FOUND: 404,
  LOG_NOT_CONFIGURED: 404,
  REGISTRY_NOT_CONFIGURED: 404,
  REGISTRY_VERSION_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  FEEDBACK_GIVEN: 409,
  REQUEST_ID_AMBIGUOUS: 409,
  REGISTRY_VERSION_REFUSED: 409,
  REGISTRY_VERSION_DAMAGED: 409,
  REGISTRY_NO_EARLIER: 409,
  REGISTRY_CURRENT_CHANGED: 409,
  PREDICTION_SET_UNAVAILABLE: 409,
  BODY_TOO_LARGE: 413,
  URI_TOO_LONG: 414,
  MEDIA_TYPE_UNSUPPORTED: 415,
  VALIDATION_FAILED: 422,
  EXPLANATION_REFERENCES: 422,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  OVERLOADED: 503,
  EXPLANATION_TIMEOUT: 503,
  DRIFT_TIMEOUT: 503,
  MODEL_NOT_LOADED: 503,
  REGISTRY_NOT_MOUNTED: 503,
  CURRENT_MODEL_MISSING: 503,
  CURRENT_MODEL_EMPTY: 503,
  CURRENT_MODEL_OUTSIDE: 503,
  MODEL_UNREADABLE: 503,
  REGISTRY_UNREADABLE: 503,
  REGISTRY_UNWRITABLE: 503,
  REGISTRY_LOCKED: 503,
  REGISTRY_LOCK_LOST: 503,
  MLFLOW_UNAVAILABLE: 503,
  MODEL_VERSION_MISSING: 503,
  DRAINING: 503,
  LOG_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One fault of the request: where (JSON pointer into the body or parameters) and what. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** An error whose code, detail and faults may be shown to the caller. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldFault[];

  constructor(code: ErrorCode, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.name = 'ApiError';
    this.code = code;
    this.errors = errors;
  }
}
