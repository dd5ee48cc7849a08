import { expect, it } from 'vitest';
import { SPANS } from './log-view.ts';
import { startOf, statsKey, statsPath } from './span.ts';

const NOW = Date.UTC(2026, 2, 29, 12);

it('a span begins that long before now; all begins where time does', () => {
  expect(SPANS.map((span) => new Date(startOf(span, NOW)).toISOString())).toEqual([
    '2026-03-29T11:00:00.000Z',
    '2026-03-28T12:00:00.000Z',
    '2026-03-22T12:00:00.000Z',
    '1970-01-01T00:00:00.000Z',
  ]);
});

it('the counts are asked for from its beginning, in UTC', () => {
  expect(statsPath(startOf('hour', NOW))).toBe('/api/predictions/stats?from=2026-03-29T11%3A00%3A00.000Z');
  expect(new Set(SPANS.map(statsKey)).size).toBe(SPANS.length);
});
