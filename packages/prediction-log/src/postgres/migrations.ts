/** The table's shape: numbered steps, each safe to run again, so that a step half known is no trouble. */
import type { ClientBase, QueryResult } from 'pg';
import { PredictionLogError } from '../errors.ts';
import { ADDED_COLUMNS, FEEDBACK_COLUMNS, REPLACED_COLUMNS, readColumns } from './columns.ts';
import { keepErased } from './erasures.ts';
import { type LateIndex, whereSmall } from './late-indexes.ts';
import { countByMinute } from './minute-counts.ts';
import { pageIndex } from './page-index.ts';
import { KEEP_STEPS_FROM_OTHERS } from './table-rights.ts';

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

/**
 * Step n is at index n - 1. Never change one that has been released; add another, with which programs of the step before still write and
 * read: during an update both are there. So a new column may be null or has a default, and none is renamed or removed.
 */
const MIGRATIONS: readonly Migration[] = [
  createOrUpgradeTable,
  addColumns,
  addIndexes,
  countByMinute,
  addFeedbackSource,
  keepErased,
  addPageIndex,
  addReplacedFeedback,
];

/** Which the steps leave out of large tables. */
export function lateIndexes(context: { readonly target: string; readonly targetName: string }): readonly LateIndex[] {
  return [FEEDBACK_INDEX, pageIndex(context)];
}

const FEEDBACK_INDEX: LateIndex = { name: 'predictions_feedback', on: 'predictions (created_at) WHERE feedback IS NOT NULL' };

/** Any number, the same in all replicas: ASCII "iris". */
const LOCK_KEY = 0x69726973;
/** Ten replicas wait for one another; widening a large table by hand takes longer. */
const MIGRATION_MS = 300_000;
/** Who waits for a lock on the table holds up all who come after: readers and writers too. */
const LOCK_MS = 5000;

/** Steps that were made before the call, and those that are made now. */
export interface MigrationOutcome {
  readonly from: number;
  readonly to: number;
}

/**
 * Brings the table to the newest shape where it is behind and the role may change it. A table that is further suits too, and so does one
 * whose steps cannot be read as long as it has the columns: the owner has migrated it. Replicas that start together queue at an advisory
 * lock. A table that others hold for more than 5 s, as a backup does, is left to them: the error has SQLSTATE 55P03, and trying later helps.
 *
 * @param client a connection outside a transaction
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` where the table is behind and the role may not change it
 */
export async function migrate(client: ClientBase, targetName: string, target: string): Promise<MigrationOutcome> {
  const found = await readState(client, targetName);
  const from = found.version;
  if (from >= MIGRATIONS.length) return { from, to: from };
  if (!found.mayChange) {
    if (!found.readable && (await hasColumns(client, targetName))) return { from: MIGRATIONS.length, to: MIGRATIONS.length };
    throw behind(found, targetName);
  }
  await run(client, 'BEGIN');
  // An error leaves the transaction to the caller, who closes the connection and so rolls back.
  await run(client, `SET LOCAL statement_timeout = ${MIGRATION_MS}`);
  await run(client, `SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
  await run(client, `SET LOCAL lock_timeout = ${LOCK_MS}`);
  await run(
    client,
    'CREATE TABLE IF NOT EXISTS prediction_log_migrations (target text, version int, applied_at timestamptz DEFAULT now(), PRIMARY KEY (target, version))',
  );
  await run(client, KEEP_STEPS_FROM_OTHERS);
  const { version: done } = await readState(client, targetName);
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index >= done) await apply(client, migration, index + 1, targetName, target);
  }
  await run(client, 'COMMIT');
  return { from: done, to: Math.max(done, MIGRATIONS.length) };
}

/** What the database has, and what the role may do with it. */
interface SchemaState {
  /** Last step made for that target; 0 also when somebody dropped the table, or the steps cannot be read. */
  readonly version: number;
  readonly readable: boolean;
  readonly mayChange: boolean;
  readonly role: string;
}

async function readState(client: ClientBase, targetName: string): Promise<SchemaState> {
  // Rights are asked for, not tried: an attempt that is refused stands in the server's log as an error, at each try of each replica.
  const { rows } = await run(
    client,
    `SELECT current_user AS role,
            to_regclass('predictions') IS NOT NULL AND coalesce(has_table_privilege(to_regclass('prediction_log_migrations'), 'SELECT'), false) AS readable,
            coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
              AND NOT EXISTS (SELECT FROM pg_class WHERE oid IN (to_regclass('predictions'), to_regclass('prediction_log_migrations'))
                              AND NOT pg_has_role(relowner, 'USAGE')) AS "mayChange"`,
  );
  const state = rows[0] as Omit<SchemaState, 'version'>;
  return { ...state, version: state.readable ? await readVersion(client, targetName) : 0 };
}

async function readVersion(client: ClientBase, targetName: string): Promise<number> {
  const { rows } = await run(
    client,
    'SELECT coalesce(max(version), 0) AS version FROM prediction_log_migrations WHERE target = $1',
    [targetName],
  );
  return (rows[0] as { version: number }).version;
}

async function hasColumns(client: ClientBase, targetName: string): Promise<boolean> {
  const present = await readColumnTypes(client);
  const added = [ADDED_COLUMNS, FEEDBACK_COLUMNS, REPLACED_COLUMNS].flatMap((columns) => [...columns.keys()]);
  return ['id', 'created_at', targetName, ...added].every((column) => present.has(column));
}

function behind({ version, role }: SchemaState, targetName: string): PredictionLogError {
  const detail = `for "${targetName}" it is at step ${version} of ${MIGRATIONS.length} and the role "${role}" may not change it: its owner runs the migrations (node migrate.js --help)`;
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', detail);
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
  return new Map((await readColumns(client)).map(({ name, type }) => [name, type]));
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
  return [additionOf(ADDED_COLUMNS)];
}

function additionOf(columns: ReadonlyMap<string, string>): string {
  const additions = [...columns].map(([column, type]) => `ADD COLUMN IF NOT EXISTS ${column} ${type}`);
  return `ALTER TABLE predictions ${additions.join(', ')}`;
}

/** Step 3: `record_id` keeps rows single, `request_id` finds the row of a feedback, `created_at` a span of time; pages go by `id`. */
function addIndexes(): string[] {
  return [
    'CREATE UNIQUE INDEX IF NOT EXISTS predictions_record_id ON predictions (record_id)',
    'CREATE INDEX IF NOT EXISTS predictions_request_id ON predictions (request_id, id)',
    'CREATE INDEX IF NOT EXISTS predictions_created_at ON predictions (created_at)',
  ];
}

/** Step 5: a model learns from feedback, of which there is little: an index of those rows alone. */
function addFeedbackSource(): string[] {
  return [additionOf(FEEDBACK_COLUMNS), whereSmall(FEEDBACK_INDEX)];
}

/** Step 7: pages of one version or label. */
function addPageIndex(context: MigrationContext): string[] {
  return [whereSmall(pageIndex(context))];
}

/** Step 8: whoever replaces another's feedback takes nothing away that a model can learn from. */
function addReplacedFeedback(): string[] {
  return [additionOf(REPLACED_COLUMNS)];
}

/** `query_timeout` of the driver would end a wait for the lock. */
function run(client: ClientBase, text: string, values: unknown[] = []): Promise<QueryResult> {
  return client.query({ text, values, query_timeout: MIGRATION_MS } as { text: string; values: unknown[] });
}
