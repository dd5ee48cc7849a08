/**
 * Indexes that only make reading faster: nothing waits for them. A small table gets them in a step of the migrations; a large one afterwards, while others
 * read and write (PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently").
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** An index by its name and what stands behind `ON`. */
export interface LateIndex {
  readonly name: string;
  readonly on: string;
}

/** Rows of 300 bytes: 200,000. Up to there writers wait for a moment only. */
const SMALL_TABLE_BYTES = 64 * 1024 * 1024;
/** For a hundred million rows on a slow disk. */
const CREATION_MS = 6 * 3_600_000;
/** ASCII "lati". */
const LOCK_KEY = 0x6c617469;
const PAUSE_MS = 200;

/** A statement for a step: makes the index where the table is small. */
export function whereSmall({ name, on }: LateIndex): string {
  return `DO $$ BEGIN
    IF pg_relation_size('predictions') < ${SMALL_TABLE_BYTES} THEN CREATE INDEX IF NOT EXISTS ${name} ON ${on}; END IF;
  END $$`;
}

/**
 * Makes those that are missing, or were left unfinished by a process that was killed.
 *
 * @param client a connection outside a transaction
 * @param guard another one, which holds a lock meanwhile: two that make indexes of one table at once would wait for one another. It is asked for again and
 * again, as who waits for it in the server would be waited for by the one who has it
 * @param onCreate told of each index before it is made
 */
export async function makeLateIndexes(
  client: ClientBase,
  guard: ClientBase,
  indexes: readonly LateIndex[],
  onCreate: (index: LateIndex) => void,
): Promise<void> {
  if ((await findMissing(client, indexes)).length === 0) return;
  await guard.query('BEGIN');
  while (!(await tryLock(guard))) await sleep(PAUSE_MS);
  for (const index of await findMissing(client, indexes)) {
    onCreate(index);
    const statements = [
      `DROP INDEX CONCURRENTLY IF EXISTS ${index.name}`,
      `CREATE INDEX CONCURRENTLY ${index.name} ON ${index.on}`,
    ];
    for (const text of statements) await client.query({ text, query_timeout: CREATION_MS } as { text: string });
  }
  await guard.query('COMMIT');
}

async function tryLock(guard: ClientBase): Promise<boolean> {
  const { rows } = await guard.query<{ locked: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK_KEY}) AS locked`);
  return rows[0]?.locked === true;
}

async function findMissing(client: ClientBase, indexes: readonly LateIndex[]): Promise<LateIndex[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(name) AND indisvalid)',
    [indexes.map(({ name }) => name)],
  );
  const missing = new Set(rows.map(({ name }) => name));
  return indexes.filter(({ name }) => missing.has(name));
}
