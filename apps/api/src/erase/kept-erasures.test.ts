import { describe, expect, it } from 'vitest';
import { readErasures } from './kept-erasures.ts';

const ERASURE = {
  erasureId: '0e984725-c51c-4bf4-9960-e1c80e27aba0',
  target: 'species',
  subjectHash: 'ab'.repeat(32),
  requestedBy: 'j.doe',
  reason: 'a letter\nof two lines',
  erasedAt: '2026-12-01T08:00:00.000000Z',
  upTo: '2026-12-01T08:00:00.123456Z',
  predictions: 3,
};

async function* lines(...values: unknown[]) {
  for (const value of values) yield typeof value === 'string' ? value : JSON.stringify(value);
}

describe('readErasures', () => {
  it('finds them between other lines', async () => {
    const found = await readErasures(lines('3 predictions are deleted', '', '{"level":30}', 'null', '[]', ERASURE));
    expect(found).toEqual([ERASURE]);
  });

  it.each([
    ['erasureId', 'x'],
    ['subjectHash', 'AB'.repeat(32)],
    ['requestedBy', 7],
    ['erasedAt', 'yesterday'],
    ['upTo', null],
    ['predictions', -1],
    ['predictions', '3'],
  ])('passes over one whose %s is %j', async (key, value) => {
    expect(await readErasures(lines({ ...ERASURE, [key]: value }))).toEqual([]);
  });
});
