/** The writer's promise against a real PostgreSQL: nothing lost, nothing twice, whatever happens to the server. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PredictionStore } from '../port.ts';
import { createPostgresStore } from '../postgres/postgres-store.ts';
import { listDeadLetters, openDeadLetters } from '../spool/dead-letters.ts';
import { openFileSpool } from '../spool/file-spool.ts';
import { systemClock } from '../system-clock.ts';
import { freeze, startCuttingProxy } from '../test-faults.ts';
import { testPrediction } from '../test-records.ts';
import type { WriterLimits } from './limits.ts';
import { createPredictionWriter } from './prediction-writer.ts';
import type { PredictionWriter } from './writer-contract.ts';

const LIMITS: Partial<WriterLimits> = { batchRows: 100, spillRows: 500, spillMs: 300, retryFirstMs: 20, retryLongestMs: 200 };
const ROWS_PER_TICK = 10;
const TICK_MS = 5;
const CLOSE_MS = 20_000;

let postgres: TemporaryPostgres;
let directory = '';
let stores: PredictionStore[] = [];
let recorded = 0;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-faults-'));
  recorded = 0;
  // A test that failed may have left it down.
  if (postgres.pid() === undefined) await postgres.restart();
  stores = [openStore()];
  await stores[0]?.list({ limit: 1 });
  await sql('TRUNCATE predictions');
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(directory, { recursive: true });
});

function openStore(url = postgres.url): PredictionStore {
  return createPostgresStore({ connectionString: url, target: 'species' });
}

async function openWriter({
  store = stores[0] as PredictionStore,
  limits = {} as Partial<WriterLimits>,
  maxBytes = 1e9,
} = {}): Promise<PredictionWriter> {
  const spool = await openFileSpool({ directory, maxBytes });
  return createPredictionWriter({ store, clock: systemClock, random: Math.random, spool, limits: { ...LIMITS, ...limits } });
}

function record(writer: PredictionWriter, count: number): void {
  for (let i = 0; i < count; i++) writer.record(testPrediction(recorded++));
}

/** Records without a pause while `work` runs, and some time before and after. */
async function underLoad(writer: PredictionWriter, work: () => Promise<void>): Promise<void> {
  let isDone = false;
  const load = (async () => {
    while (!isDone) {
      record(writer, ROWS_PER_TICK);
      await sleep(TICK_MS);
    }
  })();
  await sleep(200);
  await work();
  await sleep(200);
  isDone = true;
  await load;
}

const sql = (text: string) => runSql(postgres.url, text);

async function countRows(): Promise<{ rows: number; single: number }> {
  const [counts] = await sql('SELECT count(*)::int AS rows, count(DISTINCT request_id)::int AS single FROM predictions');
  return counts as { rows: number; single: number };
}

describe('under load, nothing is lost and nothing is twice', () => {
  it('when PostgreSQL is killed (SIGKILL) and started again, three times', async () => {
    const writer = await openWriter();
    await underLoad(writer, async () => {
      for (let round = 0; round < 3; round++) {
        await postgres.kill();
        await sleep(300);
        await postgres.restart();
        await sleep(200);
      }
    });
    const stats = await writer.close(CLOSE_MS);
    expect(stats).toMatchObject({ queued: 0, spooled: 0, written: recorded, dropped: 0, setAside: 0, handedOver: 0 });
    expect(await countRows()).toEqual({ rows: recorded, single: recorded });
  });

  it('when PostgreSQL is restarted as for maintenance', async () => {
    const writer = await openWriter();
    await underLoad(writer, () => postgres.restart());
    expect(await writer.close(CLOSE_MS)).toMatchObject({ queued: 0, spooled: 0, written: recorded, dropped: 0 });
    expect(await countRows()).toEqual({ rows: recorded, single: recorded });
  });

  it.runIf(platform() === 'linux')(
    'when PostgreSQL stands still for longer than the time-outs; memory stays bounded',
    async () => {
      const writer = await openWriter();
      let most = 0;
      await underLoad(writer, async () => {
        const thaw = await freeze(postgres.pid() as number);
        for (let i = 0; i < 80; i++) {
          await sleep(100);
          most = Math.max(most, writer.stats().queued);
        }
        thaw();
      });
      // What comes while a busy disk takes a batch waits too.
      expect(most).toBeLessThan(recorded / 4);
      expect(await writer.close(CLOSE_MS)).toMatchObject({ queued: 0, spooled: 0, written: recorded, dropped: 0 });
      expect(await countRows()).toEqual({ rows: recorded, single: recorded });
    },
  );

  it('when connections end after a statement was sent, its commit unknown', async () => {
    const proxy = await startCuttingProxy(postgres.port);
    const store = openStore(postgres.url.replace(`:${postgres.port}/`, `:${proxy.port}/`));
    stores.push(store);
    const writer = await openWriter({ store });
    await underLoad(writer, async () => {
      for (let round = 1; round <= 5; round++) {
        proxy.cutNextAnswer(2000);
        await expect.poll(proxy.cuts).toBe(round);
      }
    });
    expect(await writer.close(CLOSE_MS)).toMatchObject({ queued: 0, spooled: 0, written: recorded, dropped: 0 });
    expect(proxy.connections()).toBeGreaterThan(5);
    expect(await countRows()).toEqual({ rows: recorded, single: recorded });
    await store.close();
    stores.pop();
    await proxy.close();
  });

  it('when a server that was not there at the start comes up', async () => {
    await postgres.kill();
    const store = openStore();
    stores.push(store);
    const writer = await openWriter({ store });
    await underLoad(writer, () => postgres.restart());
    expect(await writer.close(CLOSE_MS)).toMatchObject({ queued: 0, written: recorded, dropped: 0 });
    expect(await countRows()).toEqual({ rows: recorded, single: recorded });
  });
});

describe('with PostgreSQL away', () => {
  it('the rest goes to the spool on close, and the next writer replays all of it in order', async () => {
    const writer = await openWriter();
    record(writer, 250);
    expect(await writer.flush()).toBe(true);
    await postgres.kill();
    await underLoad(writer, () => sleep(500));
    const stats = await writer.close(300);
    expect(stats).toMatchObject({ queued: 0, written: 250, spooled: recorded - 250, dropped: 0, handedOver: 0 });
    expect(recorded).toBeGreaterThan(700);

    await postgres.restart();
    const next = await openWriter();
    record(next, 10);
    expect(await next.flush()).toBe(true);
    await next.close(CLOSE_MS);
    expect(await countRows()).toEqual({ rows: recorded, single: recorded });
    const [order] = await sql(
      'SELECT count(*)::int AS misplaced FROM (SELECT created_at < lag(created_at) OVER (ORDER BY id) AS back FROM predictions) t WHERE back',
    );
    expect(order).toEqual({ misplaced: 0 });
  });

  it('what is dropped when memory and spool are full is counted to the row', async () => {
    await postgres.kill();
    const writer = await openWriter({ maxBytes: 400_000 });
    await underLoad(writer, async () => {
      for (let i = 0; i < 50; i++) {
        record(writer, 200);
        await sleep(10);
      }
    });
    const stats = await writer.close(100);
    expect(stats).toMatchObject({ queued: 0, written: 0 });
    expect(stats.dropped).toBeGreaterThan(1000);
    expect(stats.spooled + stats.dropped).toBe(recorded);

    await postgres.restart();
    const next = await openWriter();
    expect(await next.flush()).toBe(true);
    await next.close(CLOSE_MS);
    expect(await countRows()).toEqual({ rows: stats.spooled, single: stats.spooled });
  });
});

describe('with rows that PostgreSQL refuses', () => {
  it('keeps all others, goes on, and writes the refused ones as dead letters', async () => {
    const spool = await openFileSpool({ directory });
    const deadLetters = openDeadLetters({ directory, target: 'species', maxBytes: 1e9 });
    const store = stores[0] as PredictionStore;
    const writer = createPredictionWriter({ store, clock: systemClock, random: Math.random, spool, deadLetters, limits: LIMITS });
    record(writer, 50);
    writer.record(testPrediction(1_000_000, { recordId: 'no UUID' }));
    record(writer, 50);
    expect(await writer.close(CLOSE_MS)).toMatchObject({
      queued: 0,
      spooled: 0,
      written: 100,
      setAside: 1,
      dropped: 0,
      timesAway: 0,
    });
    expect((await countRows()).rows).toBe(100);
    const [path] = await listDeadLetters(directory);
    expect(JSON.parse(await readFile(path ?? '', 'utf8'))).toMatchObject({
      recordId: 'no UUID',
      requestId: 'request-1000000',
      target: 'species',
      reason: expect.stringContaining('22P02'),
    });
  });

  it('blames the row also where the table has a list of labels, which no made-up row would satisfy', async () => {
    await sql(`ALTER TABLE predictions ADD CONSTRAINT known CHECK (species IN ('setosa', 'versicolor', 'virginica'))`);
    const writer = await openWriter();
    record(writer, 5);
    writer.record(testPrediction(1_000_000, { recordId: 'no UUID' }));
    expect(await writer.flush()).toBe(true);
    expect(await writer.close(CLOSE_MS)).toMatchObject({ written: 5, dropped: 1, queued: 0, spooled: 0, timesAway: 0 });
    await sql('ALTER TABLE predictions DROP CONSTRAINT known');
  });

  it('blames no row that stands alone with its fault before the table has refused a sound one', async () => {
    await sql('ALTER TABLE predictions ADD CONSTRAINT none CHECK (false)');
    const writer = await openWriter();
    writer.record(testPrediction(1_000_000, { recordId: 'no UUID' }));
    await expect.poll(() => writer.stats().lastError).toMatch(/the table predictions takes no rows/);
    expect(writer.stats()).toMatchObject({ setAside: 0, dropped: 0 });
    await sql('ALTER TABLE predictions DROP CONSTRAINT none');
    expect(await writer.close(CLOSE_MS)).toMatchObject({ queued: 0, spooled: 0, dropped: 1 });
  });
});
