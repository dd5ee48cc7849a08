/** A table `predictions` that others made, with constraints and types of its own: rows wait, the fault is said with its cure, and the cure works. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFileSpool } from '../spool/file-spool.ts';
import { systemClock } from '../system-clock.ts';
import { testPrediction } from '../test-records.ts';
import type { WriterEvent } from '../writer/events.ts';
import { createPredictionWriter } from '../writer/prediction-writer.ts';
import { migrateDatabase } from './migrate-database.ts';
import { createPostgresStore } from './postgres-store.ts';

const ROWS = 30;
const LIMITS = { batchRows: 10, spillMs: 200, retryFirstMs: 50, retryLongestMs: 200 };

let postgres: TemporaryPostgres;
let directory = '';
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-foreign-'));
  await sql('DROP TABLE IF EXISTS predictions, prediction_log_migrations, labels CASCADE');
});
afterEach(() => rm(directory, { recursive: true }));

const sql = (text: string) => runSql(postgres.url, text);

/** A writer on that table, and all that it says: changes of state, and what may refuse rows. */
async function openWriter() {
  const events: WriterEvent[] = [];
  const risks: string[] = [];
  const store = createPostgresStore({
    connectionString: `${postgres.url}?connect_timeout=20`,
    target: 'species',
    onRisk: (risk) => risks.push(risk),
  });
  const writer = createPredictionWriter({
    store,
    clock: systemClock,
    random: Math.random,
    spool: await openFileSpool({ directory }),
    limits: LIMITS,
    onEvent: (event) => events.push(event),
  });
  for (let n = 0; n < ROWS; n++) writer.record(testPrediction(n));
  const waiting = () => writer.stats().queued + writer.stats().spooled;
  const close = async () => {
    const stats = await writer.close(20_000);
    await store.close();
    return stats;
  };
  return { writer, events, risks, waiting, close };
}

const OWN_COLUMNS =
  'sepal_length FLOAT NOT NULL, sepal_width FLOAT NOT NULL, petal_length FLOAT NOT NULL, petal_width FLOAT NOT NULL, created_at TIMESTAMP';
const DROP_NOT_NULL =
  /must have a value \(sepal_length, .*\): (ALTER TABLE predictions ALTER COLUMN "sepal_length" DROP NOT NULL, .*)$/;

describe('a table that takes none of our rows', () => {
  it.each([
    [
      'columns that must have a value',
      `CREATE TABLE predictions (id SERIAL PRIMARY KEY, species VARCHAR(50) NOT NULL, ${OWN_COLUMNS})`,
      DROP_NOT_NULL,
    ],
    [
      'a label of another name',
      `CREATE TABLE predictions (id SERIAL NOT NULL, predicted_class INTEGER NOT NULL, ${OWN_COLUMNS}, PRIMARY KEY (id))`,
      /(ALTER TABLE predictions ALTER COLUMN "predicted_class" DROP NOT NULL, .*)$/,
    ],
    [
      'features of another type',
      'CREATE TABLE predictions (id bigserial PRIMARY KEY, features DOUBLE PRECISION[], created_at TIMESTAMPTZ DEFAULT now())',
      /column features is double precision\[\], not jsonb: (ALTER .* jsonb)$/,
    ],
    [
      'ids of another type',
      'CREATE TABLE predictions (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), created_at TIMESTAMPTZ DEFAULT now())',
      /column id is uuid, not bigint: (ALTER .* bigserial)$/,
    ],
    [
      'a label that is a number',
      'CREATE TABLE predictions (id bigserial PRIMARY KEY, species integer)',
      /column species is integer, not text: (ALTER .* text)$/,
    ],
    [
      'a key that must have a value',
      'CREATE TABLE predictions (id bigserial, animal text, species text, PRIMARY KEY (id, animal))',
      /(ALTER TABLE predictions DROP CONSTRAINT "predictions_pkey", ALTER COLUMN "animal" DROP NOT NULL)$/,
    ],
    ['a view', 'CREATE TABLE labels (species text); CREATE VIEW predictions AS SELECT * FROM labels', /no table, but a view/],
  ])(
    'because of %s is left as it is; the rows wait, and are kept once the cure that was said is applied',
    async (_case, table, said) => {
      await sql(table);
      const { writer, events, waiting, close } = await openWriter();
      await expect.poll(() => writer.stats().spooled).toBe(ROWS);
      expect(events).toEqual([{ kind: 'away', reason: expect.stringMatching(said) }]);
      expect(events[0]).toMatchObject({
        reason: expect.stringMatching(/^the table predictions is not ours and takes none of our rows: [^\n]+$/),
      });
      expect(waiting()).toBe(ROWS);
      const migration = migrateDatabase({ connectionString: postgres.url, target: 'species' });
      await expect(migration).rejects.toMatchObject({ message: expect.stringMatching(said) });
      const { reason } = events[0] as { reason: string };
      await sql(said.exec(reason)?.[1] ?? 'DROP VIEW predictions');
      await expect.poll(() => writer.stats().written).toBe(ROWS);
      expect(await close()).toMatchObject({ written: ROWS, setAside: 0, dropped: 0, timesAway: 1, timesBack: 1 });
      expect(await sql('SELECT count(*)::int AS rows FROM predictions WHERE species IS NOT NULL')).toEqual([{ rows: ROWS }]);
    },
  );

  it('is said with all that is in the way in one line', async () => {
    await sql(
      'CREATE TABLE predictions (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), features DOUBLE PRECISION[], prediction INTEGER NOT NULL, model_version TEXT)',
    );
    const { events, close } = await openWriter();
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]).toMatchObject({ reason: expect.stringMatching(/column id .* column features .* \(prediction\)/) });
    await sql('DROP TABLE predictions');
    expect(await close()).toMatchObject({ written: ROWS });
  });
});

describe('a table that may refuse rows', () => {
  const BASE = 'id bigserial PRIMARY KEY, created_at timestamptz';
  it.each([
    [
      'a check of the label',
      `CREATE TABLE predictions (${BASE}, species VARCHAR(50) CHECK (species IN ('Iris-setosa')))`,
      /constraint predictions_species_check, CHECK .*: (ALTER .*)$/,
    ],
    [
      'a list of labels elsewhere',
      `CREATE TABLE labels (label text PRIMARY KEY); CREATE TABLE predictions (${BASE}, species text REFERENCES labels)`,
      /constraint predictions_species_fkey, FOREIGN KEY .*: (ALTER .*)$/,
    ],
    [
      'a unique model',
      `CREATE TABLE predictions (${BASE}, species text, model text UNIQUE)`,
      /unique index predictions_model_key: (ALTER .*)$/,
    ],
    [
      'a unique index of its own',
      `CREATE TABLE predictions (${BASE}, species text, version text); CREATE UNIQUE INDEX own ON predictions (version)`,
      /unique index own: (DROP INDEX own)$/,
    ],
  ])('by %s is said at once; what it refuses waits, and is kept once the cure is applied', async (_case, table, said) => {
    await sql(table);
    const { writer, events, risks, waiting, close } = await openWriter();
    await expect.poll(waiting).toBeGreaterThan(0);
    await expect.poll(() => events.length).toBe(1);
    // Said anew after the migration, which changes the column's type and so the check's text, if there was time to look again.
    expect(risks.length).toBeGreaterThan(0);
    for (const risk of risks) expect(risk).toMatch(said);
    expect(events).toEqual([
      { kind: 'away', reason: expect.stringMatching(/^the table predictions takes no rows: .* is not ours/) },
    ]);
    await sql(said.exec(risks[0] ?? '')?.[1] ?? '');
    await expect.poll(() => writer.stats().written).toBe(ROWS);
    expect(await close()).toMatchObject({ written: ROWS, setAside: 0, dropped: 0 });
  });
});
