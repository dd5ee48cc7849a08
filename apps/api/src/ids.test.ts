import { describe, expect, it } from 'vitest';
import { createIdSource } from './ids.ts';

const RANDOM = Uint8Array.from([0xff, 1, 2, 3, 4, 5, 6, 7]);
const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('are UUIDs of version 7: the time, a counter, the variant and random bits', () => {
    const newId = createIdSource(() => 0x0123456789ab, RANDOM);
    expect(newId()).toBe('01234567-89ab-7000-bf01-020304050607');
    expect(newId()).toBe('01234567-89ab-7001-bf01-020304050607');
  });

  it('are unique and ascending, also when one millisecond asks for more than the counter holds', () => {
    let now = Date.parse('2026-11-21');
    let calls = 0;
    const newId = createIdSource(() => (++calls % 10_000 === 0 ? ++now : now), RANDOM);
    const ids = Array.from({ length: 30_000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted());
    for (const id of ids) expect(id).toMatch(UUID_7);
  });

  it('do not repeat when the clock is set back', () => {
    const times = [1000, 1001, 500, 1001, 1002];
    const newId = createIdSource(() => times.shift()!, RANDOM);
    const ids = Array.from({ length: 5 }, newId);
    expect(new Set(ids).size).toBe(5);
  });

  it('of two processes differ in their random bits', () => {
    const other = createIdSource(() => 1000, RANDOM.toReversed());
    expect(createIdSource(() => 1000, RANDOM)()).not.toBe(other());
  });
});
