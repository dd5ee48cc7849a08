/** What a test does to a database, or asks it, beside the program under test. */
import { Client, type QueryResultRow } from 'pg';

/** Runs SQL on a connection of its own, and gives the rows. Without values it may be several statements, which are one transaction. */
export async function runSql<Row extends QueryResultRow = Record<string, unknown>>(
  url: string,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
