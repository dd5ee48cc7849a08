export { LocalPostgresError, type LocalPostgresErrorCode } from './errors.ts';
export { runSql } from './run-sql.ts';
export { type LocalPostgres, type LocalPostgresOptions, startLocalPostgres } from './start-local-postgres.ts';
export { startTemporaryPostgres, type TemporaryPostgres } from './temporary-postgres.ts';
