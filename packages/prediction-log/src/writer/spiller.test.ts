import { describe, expect, it } from 'vitest';
import { createManualClock, createMemorySpool } from '../test-doubles.ts';
import { testRecords } from '../test-records.ts';
import { RecordQueue } from './record-queue.ts';
import { Spiller } from './spiller.ts';

function setUp() {
  const queue = new RecordQueue(100, 1e9);
  const spool = createMemorySpool();
  const clock = createManualClock();
  const errors: string[] = [];
  let dropped = 0;
  const spiller = new Spiller({
    spool,
    queue,
    clock,
    batchRows: 10,
    pauseMs: 1000,
    onDropped: (rows) => {
      dropped += rows;
    },
    onError: ({ message }) => errors.push(message),
  });
  for (const record of testRecords(25, 5)) queue.push(record);
  const spooled = () => spool.batches.flat().map(({ requestId }) => requestId);
  return { queue, spool, clock, spiller, errors, spooled, dropped: () => dropped };
}

describe('Spiller', () => {
  it('moves the oldest rows in batches, older ones to the front', async () => {
    const { queue, spiller, spool, spooled } = setUp();
    await spool.push(testRecords(1, 4));
    await spiller.run(3, testRecords(4));
    expect(spooled()).toEqual(testRecords(27).map(({ requestId }) => requestId));
    expect(spool.batches.map((batch) => batch.length)).toEqual([4, 1, 10, 10, 2]);
    expect(queue.length).toBe(3);
  });

  it('counts rows on their way, and ends with those of its beginning', async () => {
    const { queue, spiller, spooled } = setUp();
    const run = spiller.run(0, []);
    expect(spiller.isReady()).toBe(false);
    expect(spiller.rows).toBe(10);
    for (const record of testRecords(5, 30)) queue.push(record);
    await spiller.settled();
    await run;
    expect(spooled()).toHaveLength(25);
    expect(queue.length).toBe(5);
    expect(spiller.isReady()).toBe(true);
  });

  it('puts rows back when the spool fails, and rests', async () => {
    const { queue, spiller, spool, clock, errors } = setUp();
    spool.broken = true;
    await spiller.run(0, testRecords(5));
    expect(errors).toEqual(['no space left on device']);
    expect(spiller.rows).toBe(0);
    expect(queue.take(30)).toEqual(testRecords(30));
    expect(spiller.isReady()).toBe(false);
    await clock.advance(1000);
    expect(spiller.isReady()).toBe(true);
  });

  it('tells what the spool and the queue drop', async () => {
    const { spiller, spool, dropped } = setUp();
    spool.maxRows = 12;
    await spiller.run(0, []);
    expect(dropped()).toBe(20);
    expect(spool.rows()).toBe(5);
  });
});
