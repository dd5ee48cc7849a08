import { describe, expect, it } from 'vitest';
import { DATE_FORMATS, dayOf, dayParts, isoDay } from './days.ts';

describe('dayOf', () => {
  it.each([
    ['2026-05-01', 'yyyy-mm-dd'],
    ['2026-05-01T23:59:59.999Z', 'yyyy-mm-dd'],
    ['2026-5-1 08:00', 'yyyy-mm-dd'],
    ['2026/05/01', 'yyyy/mm/dd'],
    ['20260501', 'yyyymmdd'],
    ['1.5.2026', 'dd.mm.yyyy'],
    ['01/05/2026 10:00', 'dd/mm/yyyy'],
    ['05/01/2026', 'mm/dd/yyyy'],
    [' 01-05-2026 ', 'dd-mm-yyyy'],
  ] as const)('reads %s as %s', (text, format) => {
    expect(isoDay(dayOf(text, format))).toBe('2026-05-01');
  });

  it.each(['2026-02-30', '2026-13-01', '2025-02-29', '2026-05-011', '26-05-01', '', 'May 1st', '2026-05-01x'])(
    'takes %j for no day',
    (text) => {
      expect(dayOf(text)).toBeNaN();
    },
  );

  it('knows years before 1970 and below 100', () => {
    expect(dayOf('1970-01-01')).toBe(0);
    expect(dayOf('1969-12-31')).toBe(-1);
    expect(isoDay(dayOf('0050-03-01'))).toBe('0050-03-01');
  });

  it('lists each format once', () => {
    expect(new Set(DATE_FORMATS).size).toBe(7);
  });
});

describe('dayParts', () => {
  it.each([
    ['2026-05-01', [2026, 5, 4]],
    ['1969-12-29', [1969, 12, 0]],
    ['2024-02-29', [2024, 2, 3]],
    ['2000-01-02', [2000, 1, 6]],
  ] as const)('gives year, month and weekday of %s', (text, parts) => {
    expect(dayParts(dayOf(text))).toEqual([...parts, dayOf(text)]);
  });
});
