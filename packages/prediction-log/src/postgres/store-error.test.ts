import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { storeError, tableError } from './store-error.ts';

function databaseError(code: string, message = 'no'): DatabaseError {
  return Object.assign(new DatabaseError(message, 2, 'error'), { code });
}

const SERVER_AND_WAY = [
  '08006',
  '08P01',
  '26000',
  '53100',
  '53300',
  '57P01',
  '57P03',
  '57014',
  '25006',
  '25P02',
  '40P01',
  'XX000',
];
const RIGHTS_AND_TABLES = ['28P01', '28000', '42P01', '42P05', '42P10', '42501', '42703', '42804', '3D000', 'P0001'];
const CONSTRAINTS_AND_TYPES = ['23502', '23503', '23505', '23514', '23P01', '22001', '22003', '2200H', '44000'];

describe('storeError', () => {
  it.each([...SERVER_AND_WAY, ...RIGHTS_AND_TABLES, ...CONSTRAINTS_AND_TYPES])('lets rows wait for SQLSTATE %s', (state) => {
    expect(storeError(databaseError(state))).toMatchObject({ code: 'PREDICTION_LOG_UNAVAILABLE', transient: true });
  });

  it.each(['22P05', '22021', '22P02', '22008', '54000'])('takes SQLSTATE %s for what may be the fault of a row', (state) => {
    expect(storeError(databaseError(state))).toMatchObject({ code: 'PREDICTION_LOG_REFUSED', transient: false });
  });

  it('lets rows wait when the server is not reached, and says what to look at', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const message = expect.stringMatching(/^PostgreSQL is unavailable: connect ECONNREFUSED; is the server running/);
    expect(storeError(refused)).toMatchObject({ transient: true, message, cause: refused });
    expect(storeError(Object.assign(new AggregateError([refused]), { code: 'ECONNREFUSED' }))).toMatchObject({ message });
  });

  it('says the reason in one line', () => {
    expect(storeError(databaseError('57014', 'first\n  second')).message).toBe('PostgreSQL is unavailable: first second');
  });

  it('passes its own errors on', () => {
    const own = storeError(new Error('once'));
    expect(storeError(own)).toBe(own);
  });
});

describe('tableError', () => {
  it('makes rows wait whose refusal is no fault of theirs', () => {
    const refusal = storeError(databaseError('22P02', 'invalid input syntax'));
    expect(tableError(refusal)).toMatchObject({
      transient: true,
      message: 'the table predictions takes no rows: invalid input syntax',
    });
  });
});
