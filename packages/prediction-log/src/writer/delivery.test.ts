import { describe, expect, it } from 'vitest';
import { type Batch, decodeBatch } from '../batch.ts';
import { createFaultyStore } from '../test-doubles.ts';
import { testBatch } from '../test-records.ts';
import { Delivery } from './delivery.ts';

async function deliver(delivery: Delivery, store = createFaultyStore()) {
  const refused: string[] = [];
  let written = 0;
  const events = {
    onWritten: (rows: number) => {
      written += rows;
    },
    onRefused: async (row: Batch) => void refused.push(...decodeBatch(row).map(({ requestId }) => requestId)),
  };
  const failure = await delivery.deliver(store, events).catch((error: Error) => error.message);
  return { written, refused, failure };
}

describe('Delivery', () => {
  it('keeps bad rows from holding up the others, in about 2 log₂ statements for each', async () => {
    const store = createFaultyStore();
    store.isBad = ({ requestId }) => requestId === 'request-700';
    const outcome = await deliver(new Delivery(testBatch(1000), false), store);
    expect(outcome).toEqual({ written: 999, refused: ['request-700'], failure: undefined });
    expect(store.batches.length).toBeLessThanOrEqual(2 * Math.log2(1024) + 1);
    expect(await store.kept()).toHaveLength(999);
  });

  it('keeps the order of the rows', async () => {
    const store = createFaultyStore();
    store.isBad = ({ requestId }) => requestId === 'request-2';
    await deliver(new Delivery(testBatch(5), false), store);
    expect(await store.kept()).toEqual(['request-0', 'request-1', 'request-3', 'request-4']);
  });

  it('holds all rows without an answer while the store is away, and offers them again', async () => {
    const store = createFaultyStore();
    store.mode = 'down';
    const delivery = new Delivery(testBatch(3), false);
    expect(await deliver(delivery, store)).toEqual({ written: 0, refused: [], failure: 'down' });
    expect([delivery.rows, delivery.remaining()]).toEqual([3, testBatch(3)]);
    store.mode = 'up';
    expect((await deliver(delivery, store)).written).toBe(3);
    expect(delivery.rows).toBe(0);
  });

  it('takes an error without a code for the fault of a row: it would come again for ever', async () => {
    const store = createFaultyStore();
    store.isBad = ({ requestId }) => {
      if (requestId === 'request-1') throw new TypeError('cannot be encoded');
      return false;
    };
    expect(await deliver(new Delivery(testBatch(3), false), store)).toMatchObject({ written: 2, refused: ['request-1'] });
  });
});
