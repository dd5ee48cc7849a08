import { describe, expect, it } from 'vitest';
import { readInstant } from './instant.ts';

describe('readInstant', () => {
  it.each([
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2024-02-29T12:30Z', '2024-02-29T12:30:00.000Z'],
    ['2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00.000Z'],
    ['2026-03-01T00:15:00.5+02:00', '2026-02-28T22:15:00.500Z'],
    ['0001-01-31', '0001-01-31T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(readInstant('/from', text).toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-30',
    '2026-02-29T00:00:00Z',
    '2026-04-31',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-01T25:00Z',
  ])('refuses %s and points to it', (text) => {
    expect(() => readInstant('/to', text)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/to', detail: 'is no time that exists' }] }),
    );
  });
});
