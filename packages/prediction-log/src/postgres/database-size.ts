/** How large the database is, which is what fills its volume. */
import { Client } from 'pg';
import { storeError } from './store-error.ts';

const CONNECT_MS = 3000;
const ANSWER_MS = 6000;

/**
 * Bytes of the database of the connection: tables, indexes and what else it holds, without the server's write-ahead log. Any role that may
 * connect may ask. It looks at the size of each file: some milliseconds, on a connection of its own, so that nothing waits for it.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE`
 */
export async function readDatabaseSize(connectionString: string): Promise<number> {
  const client = new Client({
    connectionString,
    application_name: 'iris-database-size',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
  });
  // A connection that ends by itself is told by the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('SELECT pg_database_size(current_database())::float8 AS bytes');
    return (rows[0] as { bytes: number }).bytes;
  } catch (error) {
    throw storeError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
