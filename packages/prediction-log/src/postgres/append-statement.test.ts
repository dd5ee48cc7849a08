import { describe, expect, it } from 'vitest';
import { testRecord, testRecords } from '../test-records.ts';
import { appendValues, clean } from './append-statement.ts';

describe('appendValues', () => {
  it('gives one text for each column, its values in the order of the rows', () => {
    const records = testRecords(3);
    const columns = appendValues(records).map((column) => column.split('\u001f'));
    expect(columns).toEqual([
      records.map(({ recordId }) => recordId),
      ['request-0', 'request-1', 'request-2'],
      records.map(({ createdAt }) => String(createdAt.getTime())),
      ['setosa', 'versicolor', 'virginica'],
      ['rf', 'rf', 'rf'],
      ['0.1.0', '0.1.0', '0.1.0'],
      records.map(({ features }) => JSON.stringify(features)),
      records.map(({ probabilities }) => JSON.stringify(probabilities)),
      ['pod-1', 'pod-1', 'pod-1'],
    ]);
  });

  it('stays in step when a text holds the separator', () => {
    const hostile = testRecord(0, { requestId: 'a\u001fb\0c', features: { 'key\u001f': 'level\u001f' } });
    for (const column of appendValues([hostile, testRecord(1)])) expect(column.split('\u001f')).toHaveLength(2);
  });
});

describe('clean', () => {
  it('replaces every NUL and separator, and nothing else', () => {
    expect(clean('a\0\u001f\0b')).toBe('a\ufffd\ufffd\ufffdb');
    expect(clean('tab\t 🌸')).toBe('tab\t 🌸');
  });
});
