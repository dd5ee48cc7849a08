import { describe, expect, it } from 'vitest';
import { decodeBatch } from '../batch.ts';
import { createManualClock, createMemorySpool } from '../test-doubles.ts';
import { testBatch, testPredictions, testRecords } from '../test-records.ts';
import { BatchQueue } from './batch-queue.ts';
import { Spiller } from './spiller.ts';

function setUp() {
  const queue = new BatchQueue({ batchRows: 10, maxBytes: 1e9 });
  const spool = createMemorySpool();
  const clock = createManualClock();
  const errors: string[] = [];
  let dropped = 0;
  const spiller = new Spiller({
    spool,
    queue,
    clock,
    pauseMs: 1000,
    onDropped: (rows) => {
      dropped += rows;
    },
    onError: ({ message }) => errors.push(message),
    onKept: () => undefined,
  });
  for (const row of testPredictions(25, 5)) queue.push(row);
  const spooled = () => spool.batches.flatMap(decodeBatch).map(({ requestId }) => requestId);
  return { queue, spool, clock, spiller, errors, spooled, dropped: () => dropped };
}

describe('Spiller', () => {
  it('moves the oldest batches until few enough rows are left, older ones to the front', async () => {
    const { queue, spiller, spool, spooled } = setUp();
    await spool.push(testBatch(1, 4));
    await spiller.run(7, testBatch(4));
    expect(spooled()).toEqual(testRecords(25).map(({ requestId }) => requestId));
    expect(spool.batches.map((batch) => batch.rows)).toEqual([4, 1, 10, 10]);
    expect(queue.length).toBe(5);
  });

  it('counts rows on their way, and ends with the batch that holds the last row of its beginning', async () => {
    const { queue, spiller, spooled } = setUp();
    const run = spiller.run(0, undefined);
    expect(spiller.isReady()).toBe(false);
    expect(spiller.rows).toBe(10);
    for (const row of testPredictions(15, 30)) queue.push(row);
    await spiller.settled();
    await run;
    expect(spooled()).toHaveLength(30);
    expect(queue.length).toBe(10);
    expect(spiller.isReady()).toBe(true);
  });

  it('puts rows back when the spool fails, and rests', async () => {
    const { queue, spiller, spool, clock, errors } = setUp();
    spool.broken = true;
    await spiller.run(0, testBatch(5));
    expect(errors).toEqual(['no space left on device']);
    expect(spiller.rows).toBe(0);
    expect(queue.length).toBe(30);
    expect(queue.take()).toEqual(testBatch(5));
    expect(spiller.isReady()).toBe(false);
    await clock.advance(1000);
    expect(spiller.isReady()).toBe(true);
  });

  it('tells what the spool and the queue drop', async () => {
    const { spiller, spool, dropped } = setUp();
    spool.maxRows = 12;
    await spiller.run(0, undefined);
    expect(dropped()).toBe(20);
    expect(spool.rows()).toBe(5);
  });
});
