import { describe, expect, it } from 'vitest';
import { batchOf, decodeBatch, encodeBatch, halveBatch, joinBatches, linesOf } from './batch.ts';
import { testBatch, testRecord, testRecords } from './test-records.ts';

describe('a batch', () => {
  it('is its lines, each with its end', () => {
    expect(batchOf(['{"a":1}', '{"b":"ß"}'])).toEqual({ rows: 2, bytes: Buffer.from('{"a":1}\n{"b":"ß"}\n') });
    expect(linesOf(batchOf(['{"a":1}', '{"b":"ß"}']))).toEqual(['{"a":1}', '{"b":"ß"}']);
    expect([batchOf([]), linesOf(batchOf([]))]).toEqual([{ rows: 0, bytes: Buffer.alloc(0) }, []]);
  });

  it('gives its records back, whatever text they hold', () => {
    const records = [...testRecords(3), testRecord(3, { requestId: 'new\nline "ß 🌸' })];
    expect(decodeBatch(encodeBatch(records))).toEqual(records);
  });

  it.each([2, 3, 4, 1001])('of %d rows halves at a line end, without a copy', (rows) => {
    const batch = testBatch(rows);
    const [first, second] = halveBatch(batch);
    expect([first.rows, second.rows]).toEqual([rows >> 1, rows - (rows >> 1)]);
    expect([...decodeBatch(first), ...decodeBatch(second)]).toEqual(testRecords(rows));
    expect(second.bytes.buffer).toBe(batch.bytes.buffer);
    expect(joinBatches([first, second])).toEqual(batch);
  });

  it('joined with no other is itself', () => {
    const batch = testBatch(2);
    expect(joinBatches([batch])).toBe(batch);
  });
});
