/** Roles without CREATE, and two versions of the schema side by side, on a real PostgreSQL. */
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { testBatch, testRecord } from '../test-records.ts';
import { readDatabaseSize } from './database-size.ts';
import { migrateDatabase } from './migrate-database.ts';
import { createPostgresStore } from './postgres-store.ts';

let postgres: TemporaryPostgres;
let databases = 0;
let stores: PredictionStore[] = [];
/** Of the owner, and of a role that may only read and write rows. */
let [owner, writer] = ['', ''];

const GRANTS =
  'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO writer; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO writer';

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  await runSql(postgres.url, `CREATE ROLE owner LOGIN PASSWORD 'secret'; CREATE ROLE writer LOGIN PASSWORD 'secret'`);
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  const name = `rights_${++databases}`;
  await runSql(postgres.url, `CREATE DATABASE ${name} OWNER owner`);
  // As PostgreSQL 15 has it by itself.
  await runSql(urlOf('', name), 'REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON SCHEMA public TO owner');
  owner = urlOf('owner', name);
  writer = urlOf('writer', name);
  stores = [];
});
afterEach(() => Promise.all(stores.map((store) => store.close())));

function urlOf(role: string, database: string): string {
  const url = new URL(postgres.url);
  url.pathname = database;
  if (role !== '') Object.assign(url, { username: role, password: 'secret' });
  return url.href;
}

function open(connectionString: string): PredictionStore {
  const store = createPostgresStore({ connectionString, target: 'species' });
  stores.push(store);
  return store;
}

const migrateNow = () => migrateDatabase({ connectionString: owner, target: 'species' });

describe('a role that may only read and write rows', () => {
  it('keeps, lists, counts and judges predictions, and makes nothing', async () => {
    await migrateNow();
    await runSql(owner, GRANTS);
    const before = await runSql(owner, 'SELECT oid FROM pg_class ORDER BY 1');
    const store = open(writer);
    await store.append(encodeBatch([testRecord(0)]));
    expect((await store.list({ limit: 10 })).predictions).toHaveLength(1);
    expect(await store.recordFeedback({ requestId: 'request-0', label: 'setosa' })).toBe('kept');
    expect(await store.count({ from: new Date(0), to: new Date('2100-01-01') })).toMatchObject([{ predictions: 1, judged: 1 }]);
    expect(await runSql(owner, 'SELECT oid FROM pg_class ORDER BY 1')).toEqual(before);
  });

  it('lets rows wait until the owner has migrated, says what is missing, and asks nothing that the server refuses', async () => {
    const store = open(writer);
    const waiting = expect.objectContaining({
      transient: true,
      message: expect.stringMatching(/step 0 of \d+.*"writer" may not.*migrate/),
    });
    await expect(store.append(encodeBatch([testRecord(0)]))).rejects.toEqual(waiting);
    await migrateNow();
    await runSql(owner, GRANTS);
    await store.append(encodeBatch([testRecord(0)]));
    expect((await store.list({ limit: 10 })).predictions).toHaveLength(1);
  });

  it('needs no right on the list of steps, where the table has the columns', async () => {
    await migrateNow();
    await runSql(
      owner,
      'GRANT SELECT, INSERT, UPDATE ON predictions TO writer; GRANT USAGE ON SEQUENCE predictions_id_seq TO writer',
    );
    await open(writer).append(encodeBatch([testRecord(0)]));
    expect(await runSql(owner, 'SELECT count(*)::int AS rows FROM predictions')).toEqual([{ rows: 1 }]);
  });
});

describe('two versions of the schema', () => {
  /** What a program of the next version does: a step more, with a column that the present one does not know. */
  const migrateFurther = (newest: number) =>
    runSql(
      owner,
      `ALTER TABLE predictions ADD COLUMN latency_ms float8;
       INSERT INTO prediction_log_migrations (target, version) VALUES ('species', ${newest + 1})`,
    );

  it.each([
    ['the writer', () => writer],
    ['the owner', () => owner],
  ])('a table one step further is written by %s, before its next look at it and after a restart', async (_role, url) => {
    const { to: newest } = await migrateNow();
    await runSql(owner, GRANTS);
    const running = open(url());
    await running.append(testBatch(1, 0));
    await migrateFurther(newest);
    await running.append(testBatch(1, 1));
    await open(url()).append(testBatch(1, 2));
    expect(await runSql(owner, 'SELECT count(*)::int AS rows FROM predictions')).toEqual([{ rows: 3 }]);
    expect(await runSql(owner, 'SELECT max(version) AS version FROM prediction_log_migrations')).toEqual([
      { version: newest + 1 },
    ]);
  });

  it('a table one step behind keeps the rows of a newer program waiting, and takes those of an older one meanwhile', async () => {
    const { to: newest } = await migrateNow();
    await runSql(owner, GRANTS);
    const older = open(writer);
    await older.append(testBatch(1, 0));
    await runSql(owner, `DELETE FROM prediction_log_migrations WHERE version = ${newest}`);
    const newer = open(writer);
    await expect(newer.append(testBatch(1, 1))).rejects.toMatchObject({
      transient: true,
      message: expect.stringContaining(`step ${newest - 1} of ${newest}`),
    });
    await older.append(testBatch(1, 2));
    await migrateNow();
    await newer.append(testBatch(1, 1));
    expect(await runSql(owner, 'SELECT count(*)::int AS rows FROM predictions')).toEqual([{ rows: 3 }]);
  });
});

describe('a role that default privileges let delete rows of every table', () => {
  it('may delete rows of all but the audit and the list of steps, and nobody else may read the audit', async () => {
    await runSql(owner, 'ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO writer, PUBLIC');
    await migrateNow();
    const deletable = `
      SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND has_table_privilege('writer', oid, 'DELETE') ORDER BY 1`;
    expect((await runSql(owner, deletable)).map(({ name }) => name)).toEqual(['prediction_counts', 'predictions']);
    const rights = `
      SELECT has_table_privilege('writer', 'prediction_log_migrations', 'INSERT, UPDATE, TRUNCATE') AS steps,
             has_table_privilege('writer', 'prediction_erasures', 'UPDATE, TRUNCATE') AS audit,
             has_table_privilege('pg_monitor', 'prediction_erasures', 'SELECT') AS everybody`;
    expect(await runSql(owner, rights)).toEqual([{ steps: false, audit: false, everybody: false }]);
  });
});

describe('migrateDatabase', () => {
  it('lets others read and write a table that a backup holds, and goes on after it; a store tries later', async () => {
    const { to: newest } = await migrateNow();
    await runSql(owner, 'DELETE FROM prediction_log_migrations WHERE version > 4');
    const backup = new Client({ connectionString: owner });
    await backup.connect();
    await backup.query('BEGIN; LOCK TABLE predictions IN ACCESS SHARE MODE');
    const told: string[] = [];
    const migration = migrateDatabase({ connectionString: owner, target: 'species', onProgress: (detail) => told.push(detail) });
    await expect.poll(() => told).toEqual([expect.stringContaining('others hold the table')]);
    await runSql(owner, `INSERT INTO predictions (species) VALUES ('setosa')`);
    await expect(open(owner).append(testBatch(1))).rejects.toMatchObject({
      transient: true,
      message: expect.stringContaining('tried again later'),
    });
    await backup.query('COMMIT');
    await backup.end();
    expect(await migration).toEqual({ from: 4, to: newest });
  });

  it('says what it did, and does it once, whoever else does it at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, migrateNow));
    expect(outcomes.filter(({ from }) => from === 0)).toHaveLength(1);
    const newest = outcomes[0]!.to;
    expect(outcomes.map(({ to }) => to)).toEqual(outcomes.map(() => newest));
    expect(await migrateNow()).toEqual({ from: newest, to: newest });
  });

  it('tells why it cannot', async () => {
    const migration = migrateDatabase({ connectionString: writer, target: 'species' });
    await expect(migration).rejects.toMatchObject({
      code: 'PREDICTION_LOG_UNAVAILABLE',
      message: expect.stringContaining('may not change it'),
    });
    const nobody = migrateDatabase({ connectionString: 'postgresql://iris@127.0.0.1:1/iris', target: 'species' });
    await expect(nobody).rejects.toMatchObject({ transient: true, message: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('readDatabaseSize', () => {
  it('gives the bytes that the rows take, to a role that may only read and write rows too', async () => {
    await migrateNow();
    await runSql(owner, GRANTS);
    const before = await readDatabaseSize(writer);
    await runSql(
      owner,
      `INSERT INTO predictions (species, model) SELECT 'setosa', repeat('x', 1000) FROM generate_series(1, 2000)`,
    );
    expect((await readDatabaseSize(writer)) - before).toBeGreaterThan(2_000_000);
  });

  it('tells that the database is away', async () => {
    await expect(readDatabaseSize('postgresql://iris@127.0.0.1:1/iris')).rejects.toMatchObject({ transient: true });
  });
});
