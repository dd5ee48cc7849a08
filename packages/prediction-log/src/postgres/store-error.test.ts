import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { storeError } from './store-error.ts';

function databaseError(code: string): DatabaseError {
  return Object.assign(new DatabaseError('no', 2, 'error'), { code });
}

describe('storeError', () => {
  it.each(['08006', '53100', '53300', '57P01', '57P03', '57014', '25006', '40P01', '28P01', '42P01', '42501', '3D000', 'XX000'])(
    'lets rows wait for SQLSTATE %s',
    (state) => {
      expect(storeError(databaseError(state))).toMatchObject({ code: 'PREDICTION_LOG_UNAVAILABLE', transient: true });
    },
  );

  it.each(['22P05', '22021', '22P02', '23505', '23514', '54000'])('refuses rows for SQLSTATE %s', (state) => {
    expect(storeError(databaseError(state))).toMatchObject({ code: 'PREDICTION_LOG_REFUSED', transient: false });
  });

  it('lets rows wait when the server is not reached', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(storeError(refused)).toMatchObject({
      transient: true,
      message: 'PostgreSQL is unavailable: connect ECONNREFUSED',
      cause: refused,
    });
    expect(storeError(new AggregateError([refused]))).toMatchObject({
      message: 'PostgreSQL is unavailable: connect ECONNREFUSED',
    });
  });

  it('passes its own errors on', () => {
    const own = storeError(new Error('once'));
    expect(storeError(own)).toBe(own);
  });
});
