/** Errors of this package: each message is one line that says what to do. */

/** What went wrong; the README says what to do about each. */
export type LocalPostgresErrorCode =
  | 'LOCAL_POSTGRES_UNSUPPORTED_PLATFORM'
  | 'LOCAL_POSTGRES_NO_ACCOUNT'
  | 'LOCAL_POSTGRES_UNREACHABLE'
  | 'LOCAL_POSTGRES_IN_USE'
  | 'LOCAL_POSTGRES_NOT_A_CLUSTER'
  | 'LOCAL_POSTGRES_INIT_FAILED'
  | 'LOCAL_POSTGRES_PORT_TAKEN'
  | 'LOCAL_POSTGRES_START_FAILED'
  | 'LOCAL_POSTGRES_DATABASE_REFUSED';

/** PostgreSQL could not be made, started or reached. */
export class LocalPostgresError extends Error {
  readonly code: LocalPostgresErrorCode;

  constructor(code: LocalPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalPostgresError';
    this.code = code;
  }
}
