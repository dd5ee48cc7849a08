/** Old predictions go in small transactions, and what is counted stays right, on a real PostgreSQL. */
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { ALWAYS, testBatch, testRecord, testRecords } from '../test-records.ts';
import { createPostgresStore } from './postgres-store.ts';
import { countStatement } from './queries.ts';
import { countOlderThan, deleteOlderThan, type RetentionOptions } from './retention.ts';

let postgres: TemporaryPostgres;
let store: PredictionStore;
let options: RetentionOptions;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  await sql('DROP TABLE IF EXISTS predictions, prediction_log_migrations, prediction_counts, prediction_erasures CASCADE');
  options = { connectionString: postgres.url, target: 'species', before: testRecord(700).createdAt, batchRows: 100 };
  store = createPostgresStore({ connectionString: postgres.url, target: 'species' });
  await store.append(testBatch(1000));
});
afterEach(() => store.close());

const sql = (text: string, values?: unknown[]) => runSql(postgres.url, text, values);

async function rowsLeft(): Promise<number> {
  const [row] = await sql('SELECT count(*)::int AS rows FROM predictions');
  return row?.rows as number;
}

async function expectCountsOfRows(): Promise<void> {
  const { text, values } = countStatement('"species"', ALWAYS.from, ALWAYS.to);
  expect(await store.count(ALWAYS)).toEqual(await sql(text, values));
}

describe('retention', () => {
  it('deletes what is older, a batch at a time, and leaves what is as old or younger', async () => {
    const told: number[] = [];
    expect(await countOlderThan(options)).toBe(700);
    expect(await deleteOlderThan({ ...options, onProgress: (deleted) => told.push(deleted) })).toEqual({
      deleted: 700,
      isInterrupted: false,
    });
    expect(told).toEqual([100, 200, 300, 400, 500, 600, 700]);
    expect(await sql('SELECT min(created_at) AS oldest, count(*)::int AS rows FROM predictions')).toEqual([
      { oldest: options.before, rows: 300 },
    ]);
    expect(await deleteOlderThan(options)).toEqual({ deleted: 0, isInterrupted: false });
  });

  it('keeps statistics those of the rows, and leaves no minute behind that has none', async () => {
    await store.recordFeedback({ requestId: 'request-10', label: 'setosa' });
    await store.recordFeedback({ requestId: 'request-900', label: 'virginica' });
    await deleteOlderThan(options);
    await expectCountsOfRows();
    expect(
      await sql('SELECT count(*)::int AS empty FROM prediction_counts WHERE predictions = 0 AND minute < $1', [options.before]),
    ).toEqual([{ empty: 0 }]);
  });

  it('takes rows of one time that are more than a batch', async () => {
    await store.append(encodeBatch(testRecords(350, 2000).map((record) => ({ ...record, createdAt: testRecord(5).createdAt }))));
    expect(await deleteOlderThan(options)).toEqual({ deleted: 1050, isInterrupted: false });
    await expectCountsOfRows();
  });

  it('ends between two batches when it is told to, and goes on at the next run', async () => {
    const abort = new AbortController();
    const onProgress = (deleted: number) => void (deleted >= 300 && abort.abort());
    expect(await deleteOlderThan({ ...options, onProgress, signal: abort.signal })).toEqual({
      deleted: 300,
      isInterrupted: true,
    });
    expect(await rowsLeft()).toBe(700);
    await expectCountsOfRows();
    expect(await deleteOlderThan(options)).toEqual({ deleted: 400, isInterrupted: false });
  });

  it('two runs at once delete each row once, while others write and judge', async () => {
    const runs = [deleteOlderThan(options), deleteOlderThan(options)];
    for (let n = 0; n < 50; n++) {
      await store.append(testBatch(10, 5000 + 10 * n));
      await store.recordFeedback({ requestId: `request-${14 * n}`, label: 'setosa' });
    }
    const outcomes = await Promise.all(runs);
    expect(outcomes.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(700);
    expect(await rowsLeft()).toBe(800);
    await expectCountsOfRows();
  });

  it('leaves the rows of other datasets in the same table', async () => {
    const churn = createPostgresStore({ connectionString: postgres.url, target: 'churned' });
    await churn.append(encodeBatch([testRecord(1500, { createdAt: testRecord(0).createdAt })]));
    expect(await deleteOlderThan(options)).toMatchObject({ deleted: 700 });
    expect(await rowsLeft()).toBe(301);
    await churn.close();
  });

  it('is refused to a role that may not delete, with what helps', async () => {
    await sql(
      `DROP ROLE IF EXISTS serving; CREATE ROLE serving LOGIN PASSWORD 'known'; GRANT SELECT, INSERT, UPDATE ON predictions TO serving`,
    );
    const url = postgres.url.replace(/\/\/[^@]*@/, '//serving:known@');
    await expect(deleteOlderThan({ ...options, connectionString: url })).rejects.toThrow('grant this role the right');
    await sql(`GRANT DELETE ON predictions TO serving; GRANT SELECT, DELETE ON prediction_counts TO serving`);
    expect(await deleteOlderThan({ ...options, connectionString: url })).toMatchObject({ deleted: 700 });
    await sql('DROP OWNED BY serving');
  });
});
