import { describe, expect, it } from 'vitest';
import { testRecord, testRecords } from '../test-records.ts';
import { RecordQueue } from './record-queue.ts';

function ids(queue: RecordQueue): string[] {
  return queue.take(queue.length).map(({ requestId }) => requestId);
}

describe('RecordQueue', () => {
  it('gives rows in the order they came, over many turns', () => {
    const queue = new RecordQueue(10_000, 1e9);
    const taken: string[] = [];
    for (let n = 0; n < 20_000; n++) {
      queue.push(testRecord(n));
      if (n % 3 === 2) taken.push(...queue.take(3).map(({ requestId }) => requestId));
    }
    taken.push(...ids(queue));
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, n) => `request-${n}`));
    expect(queue.bytes).toBe(0);
  });

  it('drops the oldest beyond its rows, and says how many', () => {
    const queue = new RecordQueue(3, 1e9);
    const dropped = testRecords(5).map((record) => queue.push(record));
    expect(dropped).toEqual([0, 0, 0, 1, 1]);
    expect(ids(queue)).toEqual(['request-2', 'request-3', 'request-4']);
  });

  it('drops the oldest beyond its bytes: long ids and levels count', () => {
    const queue = new RecordQueue(1000, 100_000);
    const long = testRecord(0, { requestId: 'x'.repeat(20_000), features: { plan: 'y'.repeat(20_000) } });
    expect(queue.push(long)).toBe(0);
    expect(queue.push(testRecord(1))).toBe(0);
    expect(queue.push(testRecord(2, { requestId: 'z'.repeat(20_000) }))).toBe(1);
    expect(queue.bytes).toBeLessThan(100_000);
  });

  it('puts rows back before the others, and drops those first', () => {
    const queue = new RecordQueue(4, 1e9);
    for (const record of testRecords(3, 2)) queue.push(record);
    expect(queue.unshift(testRecords(2))).toBe(1);
    expect(ids(queue)).toEqual(['request-1', 'request-2', 'request-3', 'request-4']);
  });
});
