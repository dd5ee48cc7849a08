/** What the programs that look after the log share: one connection for an errand, without the time-outs of those who wait for an answer. */
import type { Client } from 'pg';
import { openClient } from './connection.ts';
import { storeError } from './store-error.ts';

/** Which database, and for which target. */
export interface MaintenanceOptions {
  readonly connectionString: string;
  /** The dataset's target (`species`): name of the column that keeps the label. */
  readonly target: string;
}

/** A statement that takes longer than this holds a server up: its errand fails, and can be repeated. */
const STATEMENT_MS = 600_000;

/**
 * Opens a connection, does an errand and closes it.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE`, also for a right that the role has not
 */
export async function withClient<T>(connectionString: string, errand: (client: Client) => Promise<T>): Promise<T> {
  let client: Client | undefined;
  try {
    client = await openClient(connectionString, { application_name: 'iris-maintenance', query_timeout: STATEMENT_MS });
    return await errand(client);
  } catch (error) {
    throw storeError(error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}

/** Runs an errand within a transaction of its own; statements end after a while. An error leaves it to whoever closes the connection. */
export async function inTransaction<T>(client: Client, errand: () => Promise<T>): Promise<T> {
  await client.query(`BEGIN; SET LOCAL statement_timeout = ${STATEMENT_MS}`);
  const result = await errand();
  await client.query('COMMIT');
  return result;
}
