/** Makes the database in a running cluster. */
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { LocalPostgresError } from './errors.ts';

/** Where the cluster listens and who asks. */
export interface DatabaseOptions {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** SQLSTATE of a database that exists. */
const DUPLICATE_DATABASE = '42P04';
/** SQLSTATE class of a refused login. */
const INVALID_AUTHORIZATION = '28';

/**
 * Makes the database unless it is there.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_DATABASE_REFUSED`, mostly for a cluster made with another user or password.
 */
export async function ensureDatabase({ port, user, password, database }: DatabaseOptions): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  } catch (cause) {
    const state = cause instanceof DatabaseError ? (cause.code ?? '') : '';
    if (state === DUPLICATE_DATABASE) return;
    const hint = state.startsWith(INVALID_AUTHORIZATION) ? ': the data directory was made with another user or password' : '';
    const detail = `PostgreSQL refused database "${database}" to user "${user}" (${(cause as Error).message})${hint}`;
    throw new LocalPostgresError('LOCAL_POSTGRES_DATABASE_REFUSED', detail, { cause });
  } finally {
    await client.end();
  }
}

/** The connection string of a database; every part escaped. */
export function databaseUrl({ port, user, password, database }: DatabaseOptions): string {
  const [name, secret, path] = [user, password, database].map(encodeURIComponent);
  return `postgresql://${name}:${secret}@127.0.0.1:${port}/${path}`;
}
