/** The migrations as a step of their own, for a role that owns the table. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { openClient } from './connection.ts';
import { assertOurShape } from './foreign-shape.ts';
import { makeLateIndexes } from './late-indexes.ts';
import { lateIndexes, type MigrationOutcome, migrate } from './migrations.ts';
import { migrationError } from './store-error.ts';
import { targetColumn } from './target-column.ts';

/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';
/** With 5 s of waiting and a pause each: five minutes. */
const ATTEMPTS = 30;
/** Those who queued meanwhile get through. */
const PAUSE_MS = 5000;

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
    const outcome = await migrateBetweenOthers(client, target, column, onProgress);
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

/** A backup or a long query may hold the table: it is tried again. */
async function migrateBetweenOthers(
  client: Client,
  target: string,
  column: string,
  onProgress: (detail: string) => void,
): Promise<MigrationOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrate(client, target, column);
    } catch (error) {
      if ((error as { readonly code?: string }).code !== LOCK_NOT_AVAILABLE || attempt === ATTEMPTS) throw error;
      await client.query('ROLLBACK');
    }
    onProgress(`others hold the table, a backup perhaps; trying again (${attempt} of ${ATTEMPTS - 1}) …`);
    await sleep(PAUSE_MS);
  }
}
