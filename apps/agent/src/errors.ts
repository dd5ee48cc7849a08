/** Every error code the agent answers with, and its HTTP status. The README explains each; a test compares the two. */

/** Status by code. A code that is not here is a fault of ours: 500, and nothing of it is shown. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  JSON_MALFORMED: 400,
  JSON_TOO_COMPLEX: 400,
  REQUEST_MALFORMED: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  BODY_TOO_LARGE: 413,
  CONVERSATION_TOO_LONG: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  VALIDATION_FAILED: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  OVERLOADED: 503,
  TOOLS_UNAVAILABLE: 503,
  DRAINING: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One fault of the request: where (JSON pointer into the body) and what. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** An error whose code, detail and faults may be shown to the caller. */
export class AgentError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldFault[];

  constructor(code: ErrorCode, detail: string, errors: readonly FieldFault[] = []) {
    super(detail);
    this.name = 'AgentError';
    this.code = code;
    this.errors = errors;
  }
}
