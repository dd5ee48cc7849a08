import { describe, expect, it } from 'vitest';
import { decodeBatch } from '../batch.ts';
import { createFaultyStore, createManualClock, createMemorySpool } from '../test-doubles.ts';
import { testBatch, testPrediction, testPredictions, testRecords } from '../test-records.ts';
import { createPredictionWriter } from './prediction-writer.ts';
import type { PredictionWriterOptions } from './writer-contract.ts';

const LIMITS = {
  batchRows: 10,
  flushMs: 50,
  spillRows: 40,
  // Nine batches of short rows, 16 KiB each.
  memoryBytes: 9 * 16 * 1024,
  spillMs: 1000,
  retryFirstMs: 100,
  retryLongestMs: 1000,
  maintainMs: 5000,
};

function setUp(changes: Partial<PredictionWriterOptions> = {}) {
  const store = createFaultyStore();
  const clock = createManualClock();
  const writer = createPredictionWriter({ store, clock, random: () => 1, limits: LIMITS, ...changes });
  const record = (count: number, from = 0) => {
    for (const row of testPredictions(count, from)) writer.record(row);
  };
  return { store, clock, writer, record };
}

function requestIds(count: number, from = 0): string[] {
  return testRecords(count, from).map(({ requestId }) => requestId);
}

describe('with the store there', () => {
  it('sends a row at the end of the flush interval, not before', async () => {
    const { store, clock, record } = setUp();
    record(1);
    await clock.advance(49);
    expect(store.batches).toHaveLength(0);
    await clock.advance(1);
    expect(await store.kept()).toEqual(['request-0']);
  });

  it('sends full batches at once and the rest with the flush', async () => {
    const { store, clock, record, writer } = setUp();
    record(25);
    await clock.advance(0);
    expect(store.batches).toEqual([10, 10]);
    expect(writer.stats()).toMatchObject({ queued: 5, written: 20 });
    await clock.advance(50);
    expect(await store.kept()).toEqual(requestIds(25));
    expect(writer.stats()).toEqual({
      queued: 0,
      spooled: 0,
      written: 25,
      dropped: 0,
      setAside: 0,
      handedOver: 0,
      timesAway: 0,
      timesBack: 0,
      lastError: null,
      away: false,
      spoolFailing: false,
    });
  });

  it('writes all that was recorded when asked to flush', async () => {
    const { store, record, writer } = setUp();
    record(13);
    expect(await writer.flush()).toBe(true);
    expect(await store.kept()).toEqual(requestIds(13));
    expect(await writer.flush()).toBe(true);
  });

  it('keeps one statement under way, and gathers meanwhile', async () => {
    const { store, clock, record } = setUp();
    store.mode = 'silent';
    record(10);
    await clock.advance(0);
    record(20, 10);
    await clock.advance(60);
    expect(store.batches).toHaveLength(1);
    store.mode = 'up';
    await store.answer();
    await clock.advance(50);
    expect(await store.kept()).toEqual(requestIds(30));
  });

  it('refuses bad rows one by one and keeps all others', async () => {
    const { store, writer, record } = setUp();
    store.isBad = ({ requestId }) => ['request-3', 'request-17'].includes(requestId);
    record(20);
    expect(await writer.flush()).toBe(true);
    expect(writer.stats()).toMatchObject({ queued: 0, written: 18, setAside: 0, dropped: 2, lastError: 'bad row' });
    expect(await store.kept()).toEqual(requestIds(20).filter((id) => id !== 'request-3' && id !== 'request-17'));
  });

  it('treats a fault in handling a row like a bad row', async () => {
    const { store, writer, record } = setUp();
    store.isBad = ({ requestId }) => {
      if (requestId === 'request-1') throw new TypeError('cannot serialise');
      return false;
    };
    record(3);
    expect(await writer.flush()).toBe(true);
    expect(writer.stats()).toMatchObject({ written: 2, dropped: 1, lastError: 'cannot serialise' });
  });
});

describe('with the store away', () => {
  it('tries again after growing times, and writes in order when it is back', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(5);
    await clock.advance(50);
    expect(writer.stats()).toMatchObject({ queued: 5, written: 0, lastError: 'down' });
    const attempts: number[] = [];
    for (const ms of [100, 200, 400, 800, 1000, 1000]) {
      await clock.advance(ms - 1);
      attempts.push(store.batches.length);
      await clock.advance(1);
    }
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6]);
    store.mode = 'up';
    record(5, 5);
    await clock.advance(1000);
    expect(await store.kept()).toEqual(requestIds(10));
    expect(writer.stats()).toMatchObject({ queued: 0, written: 10, lastError: null });
  });

  it('answers a flush at once', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(1);
    await clock.advance(50);
    expect(await writer.flush()).toBe(false);
    expect(store.batches).toHaveLength(1);
  });

  it('writes a batch once whose commit is unknown', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'lost-answer';
    record(10);
    await clock.advance(0);
    store.mode = 'up';
    await clock.advance(100);
    expect(store.batches).toHaveLength(2);
    expect(await store.kept()).toEqual(requestIds(10));
    expect(writer.stats()).toMatchObject({ queued: 0, written: 10 });
  });

  it('drops the oldest beyond the bound of memory without a spool, and counts each', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(1000);
    await clock.advance(500);
    record(500, 1000);
    const { queued, dropped } = writer.stats();
    expect(queued).toBeLessThanOrEqual(10 * LIMITS.batchRows);
    expect(queued + dropped).toBe(1500);
    store.mode = 'up';
    await clock.advance(2000);
    const kept = await store.kept();
    expect(kept).toHaveLength(1500 - dropped);
    expect(kept.slice(-80)).toEqual(requestIds(80, 1420));
  });
});

describe('with a spool', () => {
  it('moves the oldest rows into it beyond the bound of memory, and replays in order', async () => {
    const spool = createMemorySpool();
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = 'down';
    for (let n = 0; n < 300; n += 10) {
      record(10, n);
      await clock.advance(1);
    }
    expect(writer.stats()).toMatchObject({ dropped: 0, written: 0 });
    expect(writer.stats().spooled).toBeGreaterThan(200);
    expect(writer.stats().queued).toBeLessThanOrEqual(LIMITS.spillRows + LIMITS.batchRows);
    store.mode = 'up';
    record(5, 300);
    await clock.advance(2000);
    expect(await store.kept()).toEqual(requestIds(305));
    expect(writer.stats()).toMatchObject({ queued: 0, spooled: 0, written: 305, dropped: 0 });
  });

  it('leaves nothing in memory for longer than the spill interval', async () => {
    const spool = createMemorySpool();
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = 'down';
    record(3);
    await clock.advance(50);
    record(4, 3);
    await clock.advance(1000);
    expect(writer.stats()).toMatchObject({ queued: 0, spooled: 7 });
    expect(spool.batches.flatMap(decodeBatch).map(({ requestId }) => requestId)).toEqual(requestIds(7));
  });

  it('does the same while an answer is overdue, the batch under way excepted', async () => {
    const spool = createMemorySpool();
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = 'silent';
    record(10);
    await clock.advance(0);
    record(5, 10);
    await clock.advance(1200);
    expect(writer.stats()).toMatchObject({ queued: 10, spooled: 5 });
    store.mode = 'up';
    await store.answer();
    await clock.advance(100);
    expect(await store.kept()).toEqual(requestIds(15));
  });

  it('counts what the spool drops', async () => {
    const spool = createMemorySpool();
    spool.maxRows = 50;
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = 'down';
    for (let n = 0; n < 300; n += 10) {
      record(10, n);
      await clock.advance(100);
    }
    const { queued, spooled, dropped } = writer.stats();
    expect(dropped).toBeGreaterThan(0);
    expect(queued + spooled + dropped).toBe(300);
    store.mode = 'up';
    await clock.advance(2000);
    const kept = await store.kept();
    expect(writer.stats()).toMatchObject({ queued: 0, spooled: 0, written: kept.length, dropped: 300 - kept.length });
    // The batch that was being sent stays, as it may be written already; all others dropped are the oldest.
    expect(kept.slice(-30)).toEqual(requestIds(30, 270));
  });

  it('goes on with memory when the spool fails, and comes back to it', async () => {
    const spool = createMemorySpool();
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = 'down';
    spool.broken = true;
    for (let n = 0; n < 100; n += 10) {
      record(10, n);
      await clock.advance(10);
    }
    const { queued, dropped } = writer.stats();
    expect(queued + dropped).toBe(100);
    expect(queued).toBeGreaterThanOrEqual(70);
    spool.broken = false;
    await clock.advance(3000);
    expect(writer.stats()).toMatchObject({ queued: 0, spooled: queued });
    store.mode = 'up';
    await clock.advance(2000);
    expect(await store.kept()).toEqual(requestIds(100 - dropped, dropped));
  });

  it('sends first what a former process left', async () => {
    const spool = createMemorySpool([testBatch(7), testBatch(3, 7)]);
    const { store, clock, writer, record } = setUp({ spool });
    record(2, 10);
    await clock.advance(100);
    expect(await store.kept()).toEqual(requestIds(12));
    expect(writer.stats()).toMatchObject({ spooled: 0, written: 12 });
  });

  it('sends what the spool takes over later', async () => {
    const spool = createMemorySpool();
    const { store, clock } = setUp({ spool });
    spool.maintain = async () => {
      if (spool.rows() === 0) spool.batches.push(testBatch(2));
    };
    await clock.advance(LIMITS.maintainMs);
    expect(await store.kept()).toEqual(requestIds(2));
  });

  it('writes memory although the spool cannot be read', async () => {
    const spool = createMemorySpool([testBatch(2, 100)]);
    spool.broken = true;
    const { store, writer, record } = setUp({ spool });
    record(3);
    expect(await writer.flush()).toBe(false);
    expect(await store.kept()).toEqual(requestIds(3));
    expect(writer.stats().lastError).toBe('no space left on device');
  });
});

describe('close', () => {
  it('writes what is left and keeps the store open', async () => {
    const { store, writer, record } = setUp();
    record(15);
    expect(await writer.close(1000)).toMatchObject({ queued: 0, written: 15 });
    expect(await store.kept()).toEqual(requestIds(15));
  });

  it('goes on trying until the deadline', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(3);
    const closed = writer.close(5000);
    await clock.advance(1000);
    store.mode = 'up';
    await clock.advance(1000);
    expect(await closed).toMatchObject({ queued: 0, written: 3 });
  });

  it('takes rows until it is done', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(3);
    const closed = writer.close(5000);
    record(3, 3);
    store.mode = 'up';
    await clock.advance(1000);
    expect(await closed).toMatchObject({ queued: 0, written: 6 });
  });

  it.each(['down', 'silent'] as const)('puts the rest into the spool when the store is %s', async (mode) => {
    const spool = createMemorySpool();
    const { store, clock, writer, record } = setUp({ spool });
    store.mode = mode;
    record(13);
    await clock.advance(60);
    const closed = writer.close(200);
    await clock.advance(200);
    expect(await closed).toMatchObject({ queued: 0, spooled: 13, written: 0 });
    expect(spool.batches.flatMap(decodeBatch).map(({ requestId }) => requestId)).toEqual(requestIds(13));

    store.mode = 'up';
    await store.answer();
    const next = createPredictionWriter({ store, clock, random: () => 1, spool });
    expect(await next.flush()).toBe(true);
    expect(await store.kept()).toEqual(requestIds(13));
  });

  it.each([undefined, 'broken'] as const)('gives the rest to the last resort (spool: %s)', async (condition) => {
    const spool = createMemorySpool();
    spool.broken = true;
    const lines: string[] = [];
    const options = { lastResort: (more: readonly string[]) => lines.push(...more), ...(condition ? { spool } : {}) };
    const { store, clock, writer, record } = setUp(options);
    store.mode = 'down';
    record(13);
    const closed = writer.close(200);
    await clock.advance(200);
    expect(await closed).toMatchObject({ queued: 0, handedOver: 13, dropped: 0 });
    expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(requestIds(13));
    writer.record(testPrediction(99));
    expect(writer.stats().handedOver).toBe(14);
  });

  it('counts as dropped what it can put nowhere', async () => {
    const { store, clock, writer, record } = setUp();
    store.mode = 'down';
    record(3);
    const closed = writer.close(200);
    await clock.advance(200);
    expect(await closed).toMatchObject({ queued: 0, dropped: 3 });
    expect(() => writer.record(testPrediction(4))).not.toThrow();
    expect(writer.stats().dropped).toBe(4);
  });

  it('is one closing, however often it is called', async () => {
    const { writer } = setUp();
    expect(writer.close(100)).toBe(writer.close(100));
  });
});
