import { describe, expect, it } from 'vitest';
import { type Batch, decodeBatch } from '../batch.ts';
import { testBatch, testPrediction, testPredictions, testRecords } from '../test-records.ts';
import { BatchQueue, type QueueBounds } from './batch-queue.ts';

function createQueue(bounds: Partial<QueueBounds> = {}): BatchQueue {
  return new BatchQueue({ batchRows: 10, maxBytes: 1e9, ...bounds });
}

/** Memory that a batch of short rows takes. */
const BUFFER_BYTES = 16 * 1024;

/** The batch in memory of that size. */
function inOwnMemory({ rows, bytes }: Batch): Batch {
  const memory = Buffer.from(new ArrayBuffer(BUFFER_BYTES));
  bytes.copy(memory);
  return { rows, bytes: memory.subarray(0, bytes.length) };
}

/** Empties the queue. */
function drain(queue: BatchQueue): Batch[] {
  const batches: Batch[] = [];
  for (let batch = queue.take(); batch; batch = queue.take()) batches.push(batch);
  return batches;
}

describe('BatchQueue', () => {
  it('gives rows in batches and in the order they came, the last batch not full', () => {
    const queue = createQueue();
    for (const row of testPredictions(25)) queue.push(row);
    expect([queue.length, queue.hasFullBatch]).toEqual([25, true]);
    expect(drain(queue).map(decodeBatch)).toEqual([testRecords(10), testRecords(10, 10), testRecords(5, 20)]);
    expect([queue.length, queue.bytes, queue.hasFullBatch, queue.take()]).toEqual([0, 0, false, undefined]);
  });

  it('closes a batch of long rows before it has its number of rows', () => {
    const queue = createQueue();
    for (let n = 0; n < 3; n++) queue.push(testPrediction(n, { requestId: 'x'.repeat(600_000) }));
    expect(drain(queue).map(({ rows }) => rows)).toEqual([2, 1]);
  });

  it('drops the oldest batch beyond its bytes, and says how many rows they were', () => {
    const queue = createQueue({ maxBytes: 3 * BUFFER_BYTES });
    const dropped = testPredictions(40).map((row) => queue.push(row));
    expect(dropped.indexOf(10)).toBe(39);
    expect(drain(queue).flatMap(decodeBatch)).toEqual(testRecords(30, 10));
  });

  it('counts the bytes of long rows', () => {
    const queue = createQueue({ maxBytes: 200_000 });
    const dropped = Array.from({ length: 100 }, (_, n) =>
      queue.push(testPrediction(n, { features: { plan: 'y'.repeat(2000) } })),
    );
    expect(dropped.reduce((sum, rows) => sum + rows)).toBe(100 - queue.length);
    expect(queue.bytes).toBeLessThanOrEqual(200_000);
    expect(drain(queue).flatMap(decodeBatch).at(-1)?.requestId).toBe('request-99');
  });

  it('puts rows back before the others, and drops those first', () => {
    const queue = createQueue({ maxBytes: 2.5 * BUFFER_BYTES });
    for (const row of testPredictions(15, 10)) queue.push(row);
    expect(queue.unshift(inOwnMemory(testBatch(10)))).toBe(10);
    expect(queue.unshift({ ...testBatch(5, 5), bytes: Buffer.from(Uint8Array.from(testBatch(5, 5).bytes).buffer) })).toBe(0);
    expect(drain(queue).flatMap(decodeBatch)).toEqual(testRecords(20, 5));
  });

  it('writes later rows into recycled memory, and only then', () => {
    const queue = createQueue();
    for (const row of testPredictions(20)) queue.push(row);
    const [first, second] = drain(queue) as [Batch, Batch];
    queue.recycle(first);
    for (const row of testPredictions(10, 20)) queue.push(row);
    const [third] = drain(queue) as [Batch];
    expect(third.bytes.buffer).toBe(first.bytes.buffer);
    expect([third, second].map(decodeBatch)).toEqual([testRecords(10, 20), testRecords(10, 10)]);
  });

  it('leaves alone the memory of a batch that came from elsewhere, or was recycled before', () => {
    const queue = createQueue();
    const foreign = testBatch(10);
    queue.recycle(foreign);
    for (const row of testPredictions(10)) queue.push(row);
    const [own] = drain(queue) as [Batch];
    expect(own.bytes.buffer).not.toBe(foreign.bytes.buffer);
    queue.recycle(own);
    queue.recycle(own);
    for (const row of testPredictions(20, 10)) queue.push(row);
    const [next, last] = drain(queue) as [Batch, Batch];
    expect(next.bytes.buffer).toBe(own.bytes.buffer);
    expect(decodeBatch(last)).toEqual(testRecords(10, 20));
    expect(last.bytes.buffer).not.toBe(own.bytes.buffer);
  });

  it('keeps what it has when a row cannot be encoded', () => {
    const queue = createQueue();
    queue.push(testPrediction(0));
    const source = { ...testPrediction(1).source, classes: [] };
    expect(() => queue.push({ ...testPrediction(1), source })).toThrow(TypeError);
    queue.push(testPrediction(2));
    expect(drain(queue).flatMap(decodeBatch)).toEqual([...testRecords(1), ...testRecords(1, 2)]);
  });
});
