/** What a table that somebody else made has against our rows, found when the store is opened and said with the cure. */
import { type ClientBase, escapeIdentifier } from 'pg';
import { PredictionLogError } from '../errors.ts';
import { ADDED_COLUMNS, type Column, FEEDBACK_COLUMNS, readColumns, TAKEN_NAMES } from './columns.ts';

/** Other types that our rows can be written into and read from too. */
const ALSO_TAKEN: Readonly<Record<string, readonly string[]>> = { text: ['character varying'], jsonb: ['json'] };
const LABEL_TYPE = 'text';
/** By column: the type that we make, then those that suit too. */
const TYPES = new Map<string, readonly string[]>([
  // The migrations widen an integer, and give a timestamp its zone.
  ['id', ['bigint', 'integer']],
  ['created_at', ['timestamp with time zone', 'timestamp without time zone']],
  ...Array.from([...ADDED_COLUMNS, ...FEEDBACK_COLUMNS], ([name, type]) => [name, suitableTypes(type)] as const),
]);

/** What was found, a sentence each. */
interface ForeignShape {
  /** No row can be kept. */
  readonly obstacles: readonly string[];
  /** Some rows may be refused. */
  readonly risks: readonly string[];
}

/**
 * Finds what may refuse some rows of ours in a table of others, in one line; empty where nothing may.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` with what refuses all of them, and the statements that put it right
 */
export async function assertOurShape(client: ClientBase, targetName: string): Promise<string> {
  const { obstacles, risks } = await findForeignShape(client, targetName);
  if (obstacles.length === 0) return risks.join('; ');
  const detail = `the table predictions is not ours and takes none of our rows: ${obstacles.join('; ')}`;
  throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', detail);
}

/** Looks at the table `predictions`; one that is not there, or is ours, has nothing against them. */
async function findForeignShape(client: ClientBase, targetName: string): Promise<ForeignShape> {
  const kind = await readKind(client);
  if (kind === undefined) return { obstacles: [], risks: [] };
  if (kind !== 'r' && kind !== 'p') {
    return { obstacles: ['predictions is no table, but a view or the like: rename it'], risks: [] };
  }
  const columns = await readColumns(client);
  return {
    obstacles: [...columns.flatMap((column) => typeFault(column, targetName)), ...demandFault(columns, targetName)],
    risks: await readConstraints(client),
  };
}

async function readKind(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ relkind: string }>(`SELECT relkind FROM pg_class WHERE oid = to_regclass('predictions')`);
  return rows[0]?.relkind;
}

function typeFault({ name, type }: Column, targetName: string): string[] {
  const types = name === targetName ? suitableTypes(LABEL_TYPE) : TYPES.get(name);
  if (!types || types.includes(type)) return [];
  const [own, old] = [escapeIdentifier(name), escapeIdentifier(`${name}_before`)];
  const added = name === 'id' ? 'bigserial' : types[0];
  return [
    `column ${name} is ${type}, not ${types[0]}: ALTER TABLE predictions RENAME COLUMN ${own} TO ${old}; ALTER TABLE predictions ADD COLUMN ${own} ${added}`,
  ];
}

function suitableTypes(type: string): readonly string[] {
  return [type, ...(ALSO_TAKEN[type] ?? [])];
}

/** Columns that must have a value and get none from us. */
function demandFault(columns: readonly Column[], targetName: string): string[] {
  const given = [...TAKEN_NAMES.filter((name) => name !== 'id' && !name.startsWith('feedback')), targetName];
  const demanded = columns.filter(({ demanded: isDemanded, name }) => isDemanded && !given.includes(name));
  if (demanded.length === 0) return [];
  const keys = new Set(demanded.flatMap(({ key }) => key ?? []));
  const changes = [
    ...Array.from(keys, (key) => `DROP CONSTRAINT ${escapeIdentifier(key)}`),
    ...demanded.map(({ name }) => `ALTER COLUMN ${escapeIdentifier(name)} DROP NOT NULL`),
  ];
  const names = demanded.map(({ name }) => name).join(', ');
  return [`columns of its own must have a value (${names}): ALTER TABLE predictions ${changes.join(', ')}`];
}

/** Constraints, unique indexes and triggers of others, but for those that no row of ours can violate: a key with `id` or `record_id` in it. */
async function readConstraints(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ found: string }>(
    `SELECT format('constraint %s, %s: ALTER TABLE predictions DROP CONSTRAINT %I', conname, pg_get_constraintdef(oid), conname) AS found
       FROM pg_constraint WHERE conrelid = to_regclass('predictions') AND contype IN ('c', 'f', 'x')
     UNION ALL
     SELECT format('unique index %s: %s', i.indexrelid::regclass,
                   coalesce((SELECT format('ALTER TABLE predictions DROP CONSTRAINT %I', conname) FROM pg_constraint WHERE conindid = i.indexrelid LIMIT 1),
                            format('DROP INDEX %s', i.indexrelid::regclass)))
       FROM pg_index i WHERE i.indrelid = to_regclass('predictions') AND i.indisunique AND NOT EXISTS
         (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attname IN ('id', 'record_id'))
     ORDER BY found`,
  );
  return rows.map(({ found }) => found);
}
