/** How large the database is, which is what fills its volume. */
import type { Client } from 'pg';
import { openClient } from './connection.ts';
import { ANSWER_MS } from './pools.ts';
import { storeError } from './store-error.ts';

/**
 * Bytes of the database of the connection: tables, indexes and what else it holds, without the server's write-ahead log. Any role that may
 * connect may ask. It looks at the size of each file: some milliseconds, on a connection of its own, so that nothing waits for it.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE`
 */
export async function readDatabaseSize(connectionString: string): Promise<number> {
  let client: Client | undefined;
  try {
    client = await openClient(connectionString, { application_name: 'iris-database-size', query_timeout: ANSWER_MS });
    const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes');
    return (rows[0] as { bytes: number }).bytes;
  } catch (error) {
    throw storeError(error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}
