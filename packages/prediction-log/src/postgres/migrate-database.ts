/** The migrations as a step of their own, for a role that owns the table. */
import type { Client } from 'pg';
import { openClient } from './connection.ts';
import { assertOurShape } from './foreign-shape.ts';
import { makeLateIndexes } from './late-indexes.ts';
import { lateIndexes, type MigrationOutcome, migrate } from './migrations.ts';
import { migrationError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

/** Which database, and for which target. */
export interface MigrateOptions {
  readonly connectionString: string;
  /** The dataset's target (`species`): name of the column that keeps the label. */
  readonly target: string;
  /** Takes a sentence before something that takes long. */
  readonly onProgress?: (detail: string) => void;
}

/**
 * Brings the table into shape, and makes the indexes of a large one while others write; where all is there, nothing is done. Two that run at once wait
 * for one another.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` when it cannot be done now, `PREDICTION_LOG_TARGET_INVALID`
 */
export async function migrateDatabase(options: MigrateOptions): Promise<MigrationOutcome> {
  const { connectionString, target, onProgress = () => undefined } = options;
  const column = targetColumn(target);
  const clients: Client[] = [];
  async function open(): Promise<Client> {
    const client = await openClient(connectionString, { application_name: 'iris-migrations' });
    clients.push(client);
    return client;
  }
  try {
    const client = await open();
    await assertOurShape(client, target);
    const outcome = await migrate(client, target, column);
    const indexes = lateIndexes({ target: column, targetName: target });
    await makeLateIndexes(client, await open(), indexes, ({ name }) =>
      onProgress(`making the index ${name} while others write …`),
    );
    return outcome;
  } catch (error) {
    throw migrationError(error);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}
