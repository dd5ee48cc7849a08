import { describe, expect, it } from 'vitest';
import { cleanText, decodeRecord, encodeRecord, recordIdOf } from './record-json.ts';
import { testRecord } from './test-records.ts';

describe('a record as a line', () => {
  it('is read as it was written', () => {
    const record = testRecord(1, { features: { plan: 'basic', tenure: 12 } });
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
  });

  it('leaves out a requestId that is the recordId', () => {
    const { recordId } = testRecord(1);
    const record = testRecord(1, { requestId: recordId });
    expect(JSON.parse(encodeRecord(record))).not.toHaveProperty('requestId');
    expect(decodeRecord(encodeRecord(record))).toEqual(record);
  });

  it('is read in the form of before, with its time as ISO 8601, from files of an earlier version', () => {
    const record = testRecord(1);
    expect(decodeRecord(JSON.stringify(record))).toEqual(record);
  });

  it('tells its recordId without being parsed', () => {
    expect(recordIdOf(encodeRecord(testRecord(1)))).toBe(testRecord(1).recordId);
  });

  it.each(['', '{"recordId":"torn', '[]', 'null', '1', '{}', '{"recordId":1}'])('%j is no record', (line) => {
    expect(decodeRecord(line)).toBeUndefined();
  });

  it.each([
    ['recordId', undefined],
    ['requestId', 1],
    ['createdAt', 'yesterday'],
    ['createdAt', undefined],
    ['label', null],
    ['features', []],
    ['probabilities', 'none'],
  ])('with %s = %j it is none', (field, value) => {
    expect(decodeRecord(JSON.stringify({ ...testRecord(1), [field]: value }))).toBeUndefined();
  });

  it('holds no NUL and no half of a surrogate pair', () => {
    expect(cleanText('a\0\ud800\udc00\ud800')).toBe('a\ufffd\ud800\udc00\ufffd');
    const record = decodeRecord(encodeRecord(testRecord(0, { requestId: 'a\0', features: { plan: '\ud800' } })));
    expect(record).toMatchObject({ requestId: 'a\ufffd', features: { plan: '\ufffd' } });
  });
});
