/** Counts that triggers keep are those of the rows, whoever writes, judges or deletes them, over any span. */
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { testRecord, testRecords } from '../test-records.ts';
import { countByPeriodStatement } from './minute-counts.ts';
import { createPostgresStore } from './postgres-store.ts';
import { countStatement } from './queries.ts';

let postgres: TemporaryPostgres;
let stores: PredictionStore[] = [];
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  await sql('DROP TABLE IF EXISTS predictions, prediction_log_migrations, prediction_counts CASCADE');
  stores = [];
});
afterEach(() => Promise.all(stores.map((store) => store.close())));

const sql = (text: string, values?: unknown[]) => runSql(postgres.url, text, values);

function open(target = 'species'): PredictionStore {
  const store = createPostgresStore({ connectionString: postgres.url, target });
  stores.push(store);
  return store;
}

/** Spans with and without whole minutes, that begin and end within one or between two. */
const START = testRecord(0).createdAt.getTime();
const SPANS = [
  [-1e9, 1e9],
  [0, 60_000],
  [0, 1000],
  [30_500, 95_001],
  [59_999, 60_001],
  [61_000, 119_000],
  [45_000, 3_700_000],
  [500_000_000, 500_000_001],
] as const;

/** The counts of the store, and those of the rows, over each span. */
async function expectSame(store: PredictionStore, column = '"species"'): Promise<void> {
  for (const [begin, end] of SPANS) {
    const span = { from: new Date(START + begin), to: new Date(START + end) };
    const { text, values } = countStatement(column, span.from, span.to);
    expect(await store.count(span), `${begin} to ${end}`).toEqual(await sql(text, values));
  }
  const from = new Date(Math.floor(START / 60_000) * 60_000 - 600_000);
  const query = { from, periods: 20, periodMs: 300_000 };
  const { text, values } = countByPeriodStatement({ target: column, targetName: 'any' }, query, false);
  expect(await store.countByPeriod(query)).toEqual(await sql(text, values));
}

describe('the counts', () => {
  it('are those of the rows after each kind of change', async () => {
    const store = open();
    await store.append(encodeBatch(testRecords(200).map((record, n) => ({ ...record, version: n < 70 ? '1' : '2' }))));
    await expectSame(store);
    await store.append(encodeBatch([testRecord(5), testRecord(900)]));
    for (const [n, label] of [
      [0, 'setosa'],
      [3, 'virginica'],
      [3, 'setosa'],
      [61, 'versicolor'],
    ] as const) {
      await store.recordFeedback({ requestId: `request-${n}`, label, replace: true });
    }
    await expectSame(store);
    await sql(`INSERT INTO predictions (species, created_at) VALUES ('Iris-setosa', $1), ('Iris-setosa', $1), (NULL, $1)`, [
      new Date(START + 61_000),
    ]);
    await expectSame(store);
    await sql('DELETE FROM predictions WHERE id % 3 = 0');
    await sql(`UPDATE predictions SET species = 'setosa', version = NULL WHERE id % 5 = 0`);
    await expectSame(store);
    await sql('TRUNCATE predictions');
    expect(await store.count({ from: new Date(0), to: new Date('2100-01-01') })).toEqual([]);
  });

  it('of a table that has rows already begin with them, and each target has its own', async () => {
    await sql('CREATE TABLE predictions (id SERIAL PRIMARY KEY, species VARCHAR(50), created_at TIMESTAMP DEFAULT NOW())');
    await sql(
      `INSERT INTO predictions (species, created_at) SELECT 'Iris-setosa', $1::timestamptz + n * interval '7 s' FROM generate_series(1, 500) AS n`,
      [new Date(START)],
    );
    const [iris, churn] = [open(), open(`a "long" name's column, of as many letters as there may be, 62.`)];
    await iris.append(encodeBatch(testRecords(100)));
    await churn.append(
      encodeBatch(testRecords(100).map((record) => ({ ...record, recordId: record.recordId.replace(/^./, 'f'), label: 'no' }))),
    );
    await expectSame(iris);
    await expectSame(churn, `"a ""long"" name's column, of as many letters as there may be, 62."`);
  });

  it('are kept by many writers at once, none of which waits for another in a ring', async () => {
    const writers = Array.from({ length: 6 }, () => open());
    await Promise.all(
      writers.map(async (store, index) => {
        for (let batch = 0; batch < 10; batch++) {
          const records = testRecords(100, 1000 * index + 100 * batch);
          await store.append(
            encodeBatch(records.map((record, n) => ({ ...record, createdAt: new Date(START + 40_000 * ((n * 7 + index) % 9)) }))),
          );
          await store.recordFeedback({ requestId: records[batch]?.requestId ?? '', label: 'setosa' });
        }
      }),
    );
    await expectSame(writers[0] as PredictionStore);
    expect(await sql('SELECT sum(predictions)::int AS rows FROM prediction_counts')).toEqual([{ rows: 6000 }]);
  });

  it('are not taken over by a temporary table of a role that only writes rows', async () => {
    await open().append(encodeBatch(testRecords(10)));
    await sql(`CREATE ROLE guest LOGIN PASSWORD 'known'; GRANT SELECT, INSERT ON predictions TO guest;
               GRANT SELECT ON prediction_counts TO guest; GRANT USAGE ON SEQUENCE predictions_id_seq TO guest`);
    await runSql(
      postgres.url.replace(/\/\/[^@]*@/, '//guest:known@'),
      `CREATE TEMP TABLE prediction_counts (LIKE public.prediction_counts INCLUDING ALL);
       GRANT ALL ON prediction_counts TO PUBLIC;
       INSERT INTO predictions (species, created_at) VALUES ('setosa', now())`,
    );
    expect(await sql('SELECT sum(predictions)::int AS rows FROM prediction_counts')).toEqual([{ rows: 11 }]);
  });

  it('are done without where the role may not read them', async () => {
    await open().append(encodeBatch(testRecords(10)));
    await sql(`DROP ROLE IF EXISTS bare; CREATE ROLE bare LOGIN PASSWORD 'known'; GRANT SELECT, INSERT, UPDATE ON predictions TO bare;
               GRANT SELECT ON prediction_log_migrations TO bare; GRANT USAGE ON SEQUENCE predictions_id_seq TO bare`);
    const store = createPostgresStore({
      connectionString: postgres.url.replace(/\/\/[^@]*@/, '//bare:known@'),
      target: 'species',
    });
    stores.push(store);
    await store.append(encodeBatch(testRecords(10, 10)));
    await expectSame(store);
    expect(await sql('SELECT sum(predictions)::int AS rows FROM prediction_counts')).toEqual([{ rows: 20 }]);
  });
});
