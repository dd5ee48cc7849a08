import { describe, expect, it } from 'vitest';
import { findRoom } from './places.ts';

const NOW = 10_000;
const place = (client: string, changes: object = {}) => ({ client, since: 0, isUsed: true, isIdle: true, ...changes });

describe('findRoom', () => {
  it('takes a place from the client that holds most, the oldest that is idle', () => {
    const [busy, idle, late] = [place('a', { isIdle: false }), place('a', { since: 1 }), place('a', { since: 2 })];
    expect(findRoom([busy, place('b'), idle, late], 'c', NOW)).toBe(idle);
    expect(findRoom([busy, place('b'), idle], 'b', NOW)).toBeUndefined();
    expect(findRoom([busy, place('b'), idle, late], 'b', NOW)).toBe(idle);
  });

  it('first takes what that client has not used, also for that client itself', () => {
    const unused = place('a', { isUsed: false, since: 7000 });
    expect(findRoom([place('a'), unused, place('b')], 'a', NOW)).toBe(unused);
    expect(findRoom([place('a'), place('a', { isUsed: false, since: 9000 }), place('b')], 'a', NOW)).toBeUndefined();
  });

  it('takes nothing where all hold alike, or where all that is held is at work', () => {
    expect(findRoom([place('a'), place('b')], 'a', NOW)).toBeUndefined();
    expect(findRoom([place('a', { isIdle: false }), place('a', { isIdle: false })], 'c', NOW)).toBeUndefined();
    expect(findRoom([], 'a', NOW)).toBeUndefined();
  });
});
