import { describe, expect, it } from 'vitest';
import { until } from './until.ts';

describe('until', () => {
  it('returns what is found, though looking failed before', async () => {
    let looks = 0;
    const found = await until('the third look', async () => {
      looks++;
      if (looks === 1) throw new Error('not there');
      return looks === 3 ? 'here' : undefined;
    });
    expect(found).toBe('here');
  });

  it('says what it waited for, and why the last look failed', async () => {
    const looked = until('a pod', () => Promise.reject(new Error('no such pod')), 300);
    await expect(looked).rejects.toMatchObject({ message: 'not within 300 ms: a pod', cause: { message: 'no such pod' } });
  });
});
