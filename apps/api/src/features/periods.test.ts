import { describe, expect, it } from 'vitest';
import { periodsUpTo, startOf } from './periods.ts';

const now = new Date('2026-03-04T10:17:30.500Z');

describe('periodsUpTo', () => {
  it.each([
    ['1h', '2026-03-04T09:18:00.000Z', '2026-03-04T10:18:00.000Z'],
    ['6h', '2026-03-04T04:30:00.000Z', '2026-03-04T10:30:00.000Z'],
    ['24h', '2026-03-03T11:00:00.000Z', '2026-03-04T11:00:00.000Z'],
    ['7d', '2026-02-25T12:00:00.000Z', '2026-03-04T12:00:00.000Z'],
    ['30d', '2026-02-03T00:00:00.000Z', '2026-03-05T00:00:00.000Z'],
  ] as const)('of %s are whole pieces, the last of which has begun', (span, from, to) => {
    const query = periodsUpTo(now, span);
    expect([query.from.toISOString(), startOf(query, query.periods).toISOString()]).toEqual([from, to]);
    expect(startOf(query, query.periods - 1) <= now).toBe(true);
  });

  it('are those of a day unless asked otherwise', () => {
    expect(periodsUpTo(now)).toEqual(periodsUpTo(now, '24h'));
  });
});
