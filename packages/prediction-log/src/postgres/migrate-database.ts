/** The migrations as a step of their own, for a role that owns the table. */
import type { Client } from 'pg';
import { openClient } from './connection.ts';
import { assertOurShape } from './foreign-shape.ts';
import { type MigrationOutcome, migrate } from './migrations.ts';
import { migrationError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

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
  let client: Client | undefined;
  try {
    client = await openClient(connectionString, { application_name: 'iris-migrations' });
    await assertOurShape(client, target);
    return await migrate(client, target, column);
  } catch (error) {
    throw migrationError(error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}
