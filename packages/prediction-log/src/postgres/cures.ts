/** What helps against the errors that an outage usually has. */

const CURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is the server running, and are host and port of DATABASE_URL right?',
  ENOTFOUND: 'is the host of DATABASE_URL right?',
  '22001': 'make the column text: ALTER TABLE predictions ALTER COLUMN … TYPE text',
  '23502': 'the column is not ours: ALTER TABLE predictions ALTER COLUMN … DROP NOT NULL',
  '23503': 'the foreign key is not ours: ALTER TABLE predictions DROP CONSTRAINT …',
  '23505': 'the unique index is not ours: drop its constraint or index',
  '23514': 'the check is not ours: ALTER TABLE predictions DROP CONSTRAINT …',
  '25006': 'is this a standby? DATABASE_URL must name the primary',
  '28000': 'are the user, the database and the TLS mode (sslmode) of DATABASE_URL what the server allows?',
  '28P01': 'are user and password of DATABASE_URL right?',
  '3D000': 'create the database, or correct DATABASE_URL',
  '42501': 'grant this role the right',
  '42P01': 'migrate the database: npm run migrate -- --help',
  '42804': 'a column has a type of its own: rename it, and add it again as the README says',
  '53100': 'free disk space at the server',
  '53300': 'raise max_connections, or put a pooler before the server',
  '55P03': 'others hold the table, a backup perhaps: it is tried again later',
};
const NO_TLS = 'use sslmode=prefer or disable, or switch TLS on at the server';

/** The cure for a SQLSTATE or an error code of Node; undefined where there is no general one. */
export function cureOf(code: string | undefined, message: string): string | undefined {
  if (code !== undefined && Object.hasOwn(CURES, code)) return CURES[code];
  return message.includes('does not support SSL') ? NO_TLS : undefined;
}
