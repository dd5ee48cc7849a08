export { parseAddress } from './address.ts';
export { checkAddress, checkConnection } from './connection.ts';
export { readDatabaseSize } from './database-size.ts';
export {
  type Erasure,
  type ErasureRequest,
  erasePredictions,
  listErasures,
  type RepeatedErasures,
  repeatErasures,
} from './erase.ts';
export { logTarget } from './log-target.ts';
export type { MaintenanceOptions } from './maintenance.ts';
export { type MigrateOptions, migrateDatabase } from './migrate-database.ts';
export type { MigrationOutcome } from './migrations.ts';
export { createPostgresStore, type PostgresStoreOptions } from './postgres-store.ts';
export {
  countOlderThan,
  deleteOlderThan,
  RETENTION_BATCH_ROWS,
  type RetentionOptions,
  type RetentionOutcome,
} from './retention.ts';
