/** Erased predictions are gone and stay away, whoever sends them again, on a real PostgreSQL. */
import { createHash } from 'node:crypto';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeBatch } from '../batch.ts';
import type { PredictionStore } from '../port.ts';
import { encodeRecord } from '../record-json.ts';
import { replayLog } from '../replay/replay.ts';
import { ALWAYS, testBatch, testRecord, testRecords } from '../test-records.ts';
import { erasePredictions, listErasures, repeatErasures } from './erase.ts';
import { migrateDatabase } from './migrate-database.ts';
import { createPostgresStore } from './postgres-store.ts';

const WHO = { requestedBy: 'j.doe@example.org', reason: 'GDPR article 17, letter of 1 December' };

let postgres: TemporaryPostgres;
let stores: PredictionStore[] = [];
let log: { connectionString: string; target: string };
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  log = { connectionString: postgres.url, target: 'species' };
});
afterAll(() => postgres.stop());
beforeEach(() =>
  sql('DROP TABLE IF EXISTS predictions, prediction_log_migrations, prediction_counts, prediction_erasures CASCADE'),
);
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

const sql = (text: string, values?: unknown[]) => runSql(postgres.url, text, values);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const erase = (requestId: string) => erasePredictions(log, { requestId, ...WHO });

function open(connectionString = postgres.url, target = 'species'): PredictionStore {
  const store = createPostgresStore({ connectionString, target });
  stores.push(store);
  return store;
}

async function requestIds(): Promise<string[]> {
  return (await sql('SELECT request_id FROM predictions ORDER BY id')).map(({ request_id: id }) => id as string);
}

describe('an erasure', () => {
  it('deletes the rows of a request id, corrects the counts, and is on record without the id', async () => {
    const store = open();
    await store.append(encodeBatch(testRecords(9).map((record, n) => (n < 3 ? { ...record, requestId: 'ann' } : record))));
    const erasure = await erase('ann');
    expect(erasure).toMatchObject({ target: 'species', subjectHash: sha256('ann'), predictions: 3, ...WHO });
    expect(new Date(erasure.upTo) >= new Date(erasure.erasedAt)).toBe(true);
    expect(await requestIds()).toEqual([3, 4, 5, 6, 7, 8].map((n) => `request-${n}`));
    expect((await store.count(ALWAYS)).reduce((sum, { predictions }) => sum + predictions, 0)).toBe(6);
    expect(await listErasures(log)).toEqual([erasure]);
    expect(JSON.stringify(await sql('SELECT * FROM prediction_erasures'))).not.toContain('"ann"');
  });

  it('may be asked for again: it deletes no more, and is on record again', async () => {
    await open().append(testBatch(3));
    expect(await erase('request-1')).toMatchObject({ predictions: 1 });
    expect(await erase('request-1')).toMatchObject({ predictions: 0 });
    expect(await listErasures(log)).toHaveLength(2);
    expect(await requestIds()).toEqual(['request-0', 'request-2']);
  });

  it('keeps rows away that arrive later: a batch sent again, printed lines that are replayed, an insert by hand', async () => {
    const store = open();
    await store.append(testBatch(3));
    await erase('request-1');
    await store.append(testBatch(4));
    async function* printed() {
      yield* testRecords(5).map(encodeRecord);
    }
    expect(await replayLog(printed(), { storeOf: () => store, target: 'species' })).toEqual({ written: 5, left: 0 });
    await sql(`INSERT INTO predictions (species, request_id, created_at) VALUES ('setosa', 'request-1', $1)`, [
      testRecord(1).createdAt,
    ]);
    expect(await requestIds()).toEqual(['request-0', 'request-2', 'request-3', 'request-4']);
    expect((await store.count(ALWAYS)).reduce((sum, { predictions }) => sum + predictions, 0)).toBe(4);
  });

  it('covers what nobody had written yet, as rows that wait in a spool, and not what is asked afterwards', async () => {
    const store = open();
    await store.ready();
    expect(await erase('bob')).toMatchObject({ predictions: 0 });
    const late = testRecord(1, { requestId: 'bob' });
    const afterwards = testRecord(2, { requestId: 'bob', createdAt: new Date(Date.now() + 1000) });
    await store.append(encodeBatch([late, afterwards]));
    expect(await sql('SELECT record_id FROM predictions')).toEqual([{ record_id: afterwards.recordId }]);
  });

  it('covers rows of a pod whose clock is ahead', async () => {
    const store = open();
    const ahead = testRecord(1, { requestId: 'bob', createdAt: new Date(Date.now() + 60_000) });
    await store.append(encodeBatch([ahead]));
    expect(await erase('bob')).toMatchObject({ predictions: 1 });
    await store.append(encodeBatch([ahead]));
    expect(await requestIds()).toEqual([]);
  });

  it('leaves no row of writers that were under way', async () => {
    const writers = Array.from({ length: 4 }, () => open());
    await writers[0]?.ready();
    const added = Promise.all(
      writers.map(async (store, index) => {
        for (let batch = 0; batch < 40; batch++) {
          const records = testRecords(50, 10_000 * index + 50 * batch);
          await store.append(encodeBatch(records.map((record, n) => (n === 7 ? { ...record, requestId: 'ann' } : record))));
        }
      }),
    );
    await erase('ann');
    await added;
    expect(
      await sql(`SELECT count(*)::int AS rows, count(*) FILTER (WHERE request_id = 'ann')::int AS ann FROM predictions`),
    ).toEqual([{ rows: 4 * 40 * 49, ann: 0 }]);
  });

  it('waits for a writer whose rows are not to be seen yet, and takes those too', async () => {
    await open().ready();
    const writer = new Client({ connectionString: postgres.url });
    await writer.connect();
    await writer.query(`BEGIN; INSERT INTO predictions (species, request_id, created_at) VALUES ('setosa', 'ann', now())`);
    const erasure = erase('ann');
    await expect
      .poll(() => sql(`SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`))
      .toEqual([{ waiting: 1 }]);
    await writer.query('COMMIT');
    await writer.end();
    expect(await erasure).toMatchObject({ predictions: 1 });
    expect(await requestIds()).toEqual([]);
  });

  it('is of one dataset: others share the table, and its ids', async () => {
    const churn = open(postgres.url, 'churned');
    await open().append(encodeBatch([testRecord(1, { requestId: '17' })]));
    await churn.append(encodeBatch([testRecord(2, { requestId: '17', label: 'no' })]));
    await erase('17');
    await churn.append(encodeBatch([testRecord(3, { requestId: '17', label: 'no' })]));
    expect(await sql('SELECT churned FROM predictions')).toEqual([{ churned: 'no' }, { churned: 'no' }]);
  });

  it('holds for a role that only serves, which may not read or write who asked', async () => {
    await sql(`DROP ROLE IF EXISTS serving; CREATE ROLE serving LOGIN PASSWORD 'known';
               ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO serving;
               ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO serving`);
    await migrateDatabase(log);
    const url = postgres.url.replace(/\/\/[^@]*@/, '//serving:known@');
    await open(url).append(testBatch(2));
    await erase('request-1');
    await open(url).append(testBatch(3));
    expect(await requestIds()).toEqual(['request-0', 'request-2']);
    for (const statement of ['SELECT * FROM prediction_erasures', 'DELETE FROM predictions'])
      await expect(runSql(url, statement)).rejects.toThrow('permission denied');
    await expect(listErasures({ ...log, connectionString: url })).rejects.toThrow('grant this role the right');
    await sql('DROP OWNED BY serving');
  });
});

describe('erasures after a restore', () => {
  it('are repeated from the audit that was kept, and again without harm', async () => {
    const store = open();
    await store.append(testBatch(5));
    await erase('request-3');
    const before = await listErasures(log);
    await erase('request-1');
    const kept = await listErasures(log);
    // As a backup brings it: what it holds of the audit, and all rows of then, without a trigger that looks at them.
    await sql(
      'ALTER TABLE predictions DISABLE TRIGGER USER; TRUNCATE predictions, prediction_erasures; ALTER TABLE predictions ENABLE TRIGGER USER',
    );
    await repeatErasures(log, before);
    await sql('ALTER TABLE predictions DISABLE TRIGGER USER');
    await store.append(testBatch(5));
    await sql('ALTER TABLE predictions ENABLE TRIGGER USER');
    expect(await repeatErasures(log, kept)).toEqual({ added: 1, predictions: 2 });
    expect(await listErasures(log)).toEqual(kept);
    expect(await requestIds()).toEqual(['request-0', 'request-2', 'request-4']);
    expect(await repeatErasures(log, kept)).toEqual({ added: 0, predictions: 0 });
  });
});

describe('without a database in shape', () => {
  it('says what is missing', async () => {
    await expect(erase('x')).rejects.toMatchObject({ transient: true, message: expect.stringContaining('migrate the database') });
  });
});
