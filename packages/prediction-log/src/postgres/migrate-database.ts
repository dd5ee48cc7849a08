/** The migrations as a step of their own, for a role that owns the table. */
import { Client } from 'pg';
import { type MigrationOutcome, migrate } from './migrations.ts';
import { migrationError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

const CONNECT_MS = 3000;

/** Which database, and for which target. */
export interface MigrateOptions {
  readonly connectionString: string;
  /** The dataset's target (`species`): name of the column that keeps the label. */
  readonly target: string;
}

/**
 * Brings the table into shape; where it is, nothing is done. Two that run at once wait for one another.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` when it cannot be done now, `PREDICTION_LOG_TARGET_INVALID`
 */
export async function migrateDatabase({ connectionString, target }: MigrateOptions): Promise<MigrationOutcome> {
  const column = targetColumn(target);
  const client = new Client({ connectionString, application_name: 'iris-migrations', connectionTimeoutMillis: CONNECT_MS });
  // A connection that ends by itself is told by the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await migrate(client, target, column);
  } catch (error) {
    throw migrationError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
