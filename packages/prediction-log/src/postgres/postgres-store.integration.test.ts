import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { describeStore } from '../store-contract/store-contract.ts';
import { ALWAYS, testBatch, testRecord } from '../test-records.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TemporaryPostgres;
let databases = 0;
let opened: PredictionStore[] = [];

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());

/** An empty database of the same server, by its connection string. */
async function newDatabase(): Promise<string> {
  const name = `test_${++databases}`;
  await runSql(postgres.url, `CREATE DATABASE ${name}`);
  return postgres.url.replace(/[^/]+$/, name);
}

function open(connectionString: string, target = 'species'): PredictionStore {
  const store = createPostgresStore({ connectionString, target });
  opened.push(store);
  return store;
}

describeStore('PostgreSQL', async () => {
  const url = await newDatabase();
  return { store: createPostgresStore({ connectionString: url, target: 'species' }), dispose: async () => undefined };
});

describe('the table', () => {
  let url = '';
  beforeEach(async () => {
    url = await newDatabase();
    opened = [];
  });
  afterEach(() => Promise.all(opened.map((store) => store.close())));

  it('has id, target and created_at first, and is not partitioned', async () => {
    await open(url).append(encodeBatch([testRecord(0)]));
    const columns = await runSql(
      url,
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'predictions' ORDER BY ordinal_position`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'id',
      'species',
      'created_at',
      'request_id',
      'model',
      'version',
      'features',
      'probabilities',
      'instance',
      'feedback',
      'record_id',
      'feedback_source',
      'feedback_changed',
      'feedback_replaced',
    ]);
    expect(await runSql(url, `SELECT relkind FROM pg_class WHERE relname = 'predictions'`)).toEqual([{ relkind: 'r' }]);
  });

  it('takes over a table made by hand, its rows and its inserts', async () => {
    await runSql(
      url,
      'CREATE TABLE predictions (id SERIAL PRIMARY KEY, species VARCHAR(50), created_at TIMESTAMP DEFAULT NOW(), "constructor" text)',
    );
    await runSql(
      url,
      `INSERT INTO predictions (species, created_at) VALUES ('Iris-setosa', '2026-01-02 03:04:05'), ('Iris-virginica', NULL)`,
    );
    const store = open(url);
    const label = 'a class name that is far longer than the fifty characters of the table made by hand';
    await store.append(encodeBatch([testRecord(0, { label })]));
    await runSql(url, `INSERT INTO predictions (species) VALUES ('Iris-setosa')`);

    const { predictions } = await store.list({ limit: 10 });
    expect(predictions.map((row) => row.label)).toEqual(['Iris-setosa', label, 'Iris-virginica', 'Iris-setosa']);
    expect(predictions[3]).toEqual({
      id: '1',
      label: 'Iris-setosa',
      createdAt: new Date('2026-01-02T03:04:05Z'),
      requestId: null,
      model: null,
      version: null,
      features: null,
      probabilities: null,
      instance: null,
      feedback: null,
    });
    expect(Math.abs((predictions[0]?.createdAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect((await store.count(ALWAYS))[0]).toEqual({
      version: null,
      label: 'Iris-setosa',
      predictions: 2,
      judged: 0,
      correct: 0,
    });
  });

  it('counts on beyond the end of a SERIAL', async () => {
    await runSql(
      url,
      'CREATE TABLE predictions (id SERIAL PRIMARY KEY, species VARCHAR(50), created_at TIMESTAMP DEFAULT NOW())',
    );
    await runSql(url, `SELECT setval('predictions_id_seq', 2147483647)`);
    const store = open(url);
    await store.append(encodeBatch([testRecord(0)]));
    expect((await store.list({ limit: 1 })).predictions[0]?.id).toBe('2147483648');
  });

  it('is made once by ten replicas that start together', async () => {
    const replicas = Array.from({ length: 10 }, () => open(url));
    await Promise.all(replicas.map((store, i) => store.append(testBatch(10, 10 * i))));
    expect(await runSql(url, 'SELECT count(*)::int AS rows, count(DISTINCT record_id)::int AS ids FROM predictions')).toEqual([
      { rows: 100, ids: 100 },
    ]);
    expect(await runSql(url, 'SELECT version FROM prediction_log_migrations ORDER BY 1')).toEqual([
      { version: 1 },
      { version: 2 },
      { version: 3 },
      { version: 4 },
      { version: 5 },
      { version: 6 },
      { version: 7 },
      { version: 8 },
    ]);
  });

  it('keeps the logs of two targets apart', async () => {
    const [iris, churn] = [open(url), open(url, 'churned "yet"')];
    await iris.append(testBatch(2));
    await churn.append(encodeBatch([testRecord(7, { label: 'yes' })]));
    expect((await iris.list({ limit: 10 })).predictions).toHaveLength(2);
    expect((await churn.list({ limit: 10 })).predictions.map(({ label }) => label)).toEqual(['yes']);
    expect(await churn.recordFeedback({ requestId: 'request-0', label: 'no' })).toBe('unknown');
    expect(await churn.count(ALWAYS)).toMatchObject([{ label: 'yes', predictions: 1 }]);
  });

  it('is made again when somebody drops it', async () => {
    const store = open(url);
    await store.append(encodeBatch([testRecord(0)]));
    await runSql(url, 'DROP TABLE predictions');
    await expect(store.append(encodeBatch([testRecord(1)]))).rejects.toMatchObject({ transient: true });
    await store.append(encodeBatch([testRecord(1)]));
    expect((await store.list({ limit: 10 })).predictions).toHaveLength(1);
  });

  it('keeps rows waiting, and refuses none, while a table made by hand cannot be brought into shape', async () => {
    await runSql(url, 'CREATE TABLE predictions (id SERIAL PRIMARY KEY, species text, record_id uuid)');
    await runSql(url, 'INSERT INTO predictions (record_id) SELECT gen_random_uuid() FROM generate_series(1, 2)');
    await runSql(url, 'UPDATE predictions SET record_id = (SELECT record_id FROM predictions LIMIT 1)');
    const store = open(url);
    await expect(store.append(encodeBatch([testRecord(0)]))).rejects.toMatchObject({ transient: true });
    await runSql(url, 'DELETE FROM predictions WHERE id = 2');
    await store.append(encodeBatch([testRecord(0)]));
    expect((await store.list({ limit: 10 })).predictions).toHaveLength(1);
  });

  it('is read by its index for the newest rows of a scan, also where it was never analysed', async () => {
    const store = open(url);
    await store.append(testBatch(1));
    await runSql(url, 'ALTER TABLE predictions SET (autovacuum_enabled = off)');
    await runSql(
      url,
      `INSERT INTO predictions (species, created_at) SELECT 'setosa', now() - n * interval '1 second' FROM generate_series(1, 20000) AS n`,
    );
    const countRead = async () => {
      const counts = 'SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_user_tables WHERE relname';
      return Number((await runSql(url, `${counts} = 'predictions'`))[0]?.rows);
    };
    const span = { from: new Date(Date.now() - 86_400_000), to: new Date() };
    for await (const part of store.scan({ ...span, limit: 500 })) expect(part).toHaveLength(500);
    // A connection that ends hands in what it has counted.
    await store.close();
    opened = [];
    await expect.poll(countRead).toBeGreaterThanOrEqual(500);
    expect(await countRead()).toBeLessThan(1000);
  });

  it('keeps no process waiting at its end for a scan that the server does not answer', async () => {
    const store = open(url);
    await store.append(testBatch(1));
    const locker = new Client(url);
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE predictions');
    const scan = expect(store.scan(ALWAYS)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ transient: true });
    const waiting =
      "SELECT count(*)::int AS scans FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    await expect.poll(() => runSql(url, waiting)).toEqual([{ scans: 1 }]);
    const begun = performance.now();
    await store.close();
    expect(performance.now() - begun).toBeLessThan(2000);
    await scan;
    opened = [];
    await locker.end();
  });

  it('refuses a batch whole for a row that cannot be kept', async () => {
    const store = open(url);
    const batch = [testRecord(0), testRecord(1, { recordId: 'no UUID' })];
    await expect(store.append(encodeBatch(batch))).rejects.toMatchObject({ code: 'PREDICTION_LOG_REFUSED' });
    expect((await store.list({ limit: 10 })).predictions).toEqual([]);
  });
});

describe('without a server', () => {
  it('is unavailable within the connect time-out, and closes', async () => {
    const store = createPostgresStore({ connectionString: 'postgresql://iris@127.0.0.1:1/iris', target: 'species' });
    await expect(store.append(encodeBatch([testRecord(0)]))).rejects.toMatchObject({
      code: 'PREDICTION_LOG_UNAVAILABLE',
      transient: true,
    });
    await expect(store.list({ limit: 1 })).rejects.toMatchObject({ code: 'PREDICTION_LOG_UNAVAILABLE' });
    await store.close();
  });

  it('refuses a target that cannot be a column', () => {
    const create = () => createPostgresStore({ connectionString: 'postgresql://', target: 'version' });
    expect(create).toThrow(expect.objectContaining({ code: 'PREDICTION_LOG_TARGET_INVALID' }));
  });
});
