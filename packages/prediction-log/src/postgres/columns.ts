/** Columns of the table: those of every log, whatever the target, and those that are there. */
import type { ClientBase } from 'pg';

/** Those that the table has besides `id`, the target's and `created_at`: type by name. */
export const ADDED_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['request_id', 'text'],
  ['model', 'text'],
  ['version', 'text'],
  ['features', 'jsonb'],
  ['probabilities', 'jsonb'],
  ['instance', 'text'],
  ['feedback', 'text'],
  ['record_id', 'uuid'],
]);

/** What came with step 5: who told a row's feedback, and whether the same told another one before. */
export const FEEDBACK_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['feedback_source', 'text'],
  ['feedback_changed', 'boolean'],
]);

/** What came with step 8: what others had told before the feedback that stands. */
export const REPLACED_COLUMNS: ReadonlyMap<string, string> = new Map([['feedback_replaced', 'jsonb']]);

/** Names that no target's column may have. */
export const TAKEN_NAMES: readonly string[] = [
  'id',
  'created_at',
  ...ADDED_COLUMNS.keys(),
  ...FEEDBACK_COLUMNS.keys(),
  ...REPLACED_COLUMNS.keys(),
];

/** NAMEDATALEN - 1: PostgreSQL would cut a longer name without a word. */
export const MAX_NAME_BYTES = 63;

/** A column of the table as it is. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Neither null nor a default is there for it. */
  readonly demanded: boolean;
  /** Constraint that makes it part of the table's key. */
  readonly key: string | null;
}

/** The columns of `predictions` in their order; none where the table is not there. */
export async function readColumns(client: ClientBase): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type,
            attnotnull AND NOT atthasdef AND attidentity = '' AND attgenerated = '' AS demanded,
            (SELECT conname FROM pg_constraint WHERE conrelid = attrelid AND contype = 'p' AND attnum = ANY (conkey)) AS key
     FROM pg_attribute WHERE attrelid = to_regclass('predictions') AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  return rows;
}
