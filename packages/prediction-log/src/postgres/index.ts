export { parseAddress } from './address.ts';
export { checkAddress, checkConnection } from './connection.ts';
export { readDatabaseSize } from './database-size.ts';
export { logTarget } from './log-target.ts';
export { type MigrateOptions, migrateDatabase } from './migrate-database.ts';
export type { MigrationOutcome } from './migrations.ts';
export { createPostgresStore, type PostgresStoreOptions } from './postgres-store.ts';
