/** The table's shape: numbered steps, each safe to run again, so that a step half known is no trouble. */
import type { ClientBase, QueryResult } from 'pg';

/** What a step may look at. */
interface MigrationContext {
  /** Quoted identifier of the target's column. */
  readonly target: string;
  /** Data type by column name, of the table as it is. */
  readonly columnTypes: ReadonlyMap<string, string>;
  readonly targetName: string;
}

/** Gives the statements of one step. */
type Migration = (context: MigrationContext) => string[];

/** Step n is at index n - 1. Never change one that has been released; add another. */
const MIGRATIONS: readonly Migration[] = [createOrUpgradeTable, addColumns, addIndexes];

/** Any number, the same in all replicas: ASCII "iris". */
const LOCK_KEY = 0x69726973;
/** Ten replicas wait for one another; widening a large table by hand takes longer. */
const MIGRATION_MS = 300_000;

/**
 * Brings the table to the newest shape, unless it has it. Replicas that start together queue at an advisory lock.
 *
 * @param client a connection outside a transaction
 */
export async function migrate(client: ClientBase, targetName: string, target: string): Promise<void> {
  if ((await currentVersion(client, targetName)) === MIGRATIONS.length) return;
  await run(client, 'BEGIN');
  // An error leaves the transaction to the caller, who closes the connection and so rolls back.
  await run(client, `SET LOCAL statement_timeout = ${MIGRATION_MS}`);
  await run(client, `SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
  await run(
    client,
    'CREATE TABLE IF NOT EXISTS prediction_log_migrations (target text, version int, applied_at timestamptz DEFAULT now(), PRIMARY KEY (target, version))',
  );
  const done = await currentVersion(client, targetName);
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index >= done) await apply(client, migration, index + 1, targetName, target);
  }
  await run(client, 'COMMIT');
}

/** Last step made for that target; 0 also when somebody dropped the table. */
async function currentVersion(client: ClientBase, targetName: string): Promise<number> {
  const tables = await run(
    client,
    `SELECT to_regclass('prediction_log_migrations') IS NOT NULL AND to_regclass('predictions') IS NOT NULL AS present`,
  );
  if (!(tables.rows[0] as { present: boolean }).present) return 0;
  const { rows } = await run(
    client,
    'SELECT coalesce(max(version), 0) AS version FROM prediction_log_migrations WHERE target = $1',
    [targetName],
  );
  return (rows[0] as { version: number }).version;
}

async function apply(
  client: ClientBase,
  migration: Migration,
  version: number,
  targetName: string,
  target: string,
): Promise<void> {
  const columnTypes = await readColumnTypes(client);
  for (const statement of migration({ target, targetName, columnTypes })) await run(client, statement);
  await run(client, 'INSERT INTO prediction_log_migrations (target, version) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    targetName,
    version,
  ]);
}

async function readColumnTypes(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await run(
    client,
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = to_regclass('predictions') AND attnum > 0 AND NOT attisdropped`,
  );
  return new Map((rows as { name: string; type: string }[]).map(({ name, type }) => [name, type]));
}

/** Step 1: the three columns that a table made by hand has, in their lasting types. */
function createOrUpgradeTable({ target, targetName, columnTypes }: MigrationContext): string[] {
  if (columnTypes.size === 0) {
    return [`CREATE TABLE predictions (id bigserial PRIMARY KEY, ${target} text, created_at timestamptz NOT NULL DEFAULT now())`];
  }
  return [
    `ALTER TABLE predictions ADD COLUMN IF NOT EXISTS ${target} text`,
    ...widenId(columnTypes.get('id')),
    // A class name may be longer than somebody's VARCHAR(50); text needs no rewrite of the table.
    ...(columnTypes.get(targetName) === 'character varying' ? [`ALTER TABLE predictions ALTER COLUMN ${target} TYPE text`] : []),
    ...toTimestamptz(columnTypes.get('created_at')),
  ];
}

/** SERIAL ends at 2³¹ rows: at 1,000 a second after 25 days. */
function widenId(type: string | undefined): string[] {
  if (type !== 'integer') return [];
  return [
    'ALTER TABLE predictions ALTER COLUMN id TYPE bigint',
    `DO $$ BEGIN EXECUTE 'ALTER SEQUENCE ' || pg_get_serial_sequence('predictions', 'id') || ' AS bigint'; END $$`,
  ];
}

/** A time without zone is taken for UTC, which is what `NOW()` wrote on a server that runs in UTC, as the official image does. */
function toTimestamptz(type: string | undefined): string[] {
  const isMissing = type === undefined;
  const isZoneless = type === 'timestamp without time zone';
  return [
    ...(isMissing ? ['ALTER TABLE predictions ADD COLUMN created_at timestamptz DEFAULT now()'] : []),
    ...(isZoneless
      ? [`ALTER TABLE predictions ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC'`]
      : []),
    'UPDATE predictions SET created_at = now() WHERE created_at IS NULL',
    'ALTER TABLE predictions ALTER COLUMN created_at SET DEFAULT now(), ALTER COLUMN created_at SET NOT NULL',
  ];
}

/** Step 2: nullable, so that `INSERT INTO predictions (species) VALUES ('Iris-setosa')` goes on working. */
function addColumns(): string[] {
  const columns = [
    'request_id text',
    'model text',
    'version text',
    'features jsonb',
    'probabilities jsonb',
    'instance text',
    'feedback text',
    'record_id uuid',
  ];
  return [`ALTER TABLE predictions ${columns.map((column) => `ADD COLUMN IF NOT EXISTS ${column}`).join(', ')}`];
}

/** Step 3: `record_id` keeps rows single, `request_id` finds the row of a feedback, `created_at` a span of time; pages go by `id`. */
function addIndexes(): string[] {
  return [
    'CREATE UNIQUE INDEX IF NOT EXISTS predictions_record_id ON predictions (record_id)',
    'CREATE INDEX IF NOT EXISTS predictions_request_id ON predictions (request_id, id)',
    'CREATE INDEX IF NOT EXISTS predictions_created_at ON predictions (created_at)',
  ];
}

/** `query_timeout` of the driver would end a wait for the lock. */
function run(client: ClientBase, text: string, values: unknown[] = []): Promise<QueryResult> {
  return client.query({ text, values, query_timeout: MIGRATION_MS } as { text: string; values: unknown[] });
}
