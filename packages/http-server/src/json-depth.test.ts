import { describe, expect, it } from 'vitest';
import { nestsDeeperThan } from './json-depth.ts';

describe('nestsDeeperThan', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['{"a":[{"b":[]}]}', 4],
    ['[[],[],[[]]]', 3],
    ['["[[[[", "\\"[[[[", "\\\\", []]', 2],
    ['{"[[[":{}}', 2],
  ])('%s has %i levels', (text, levels) => {
    expect([nestsDeeperThan(text, levels), levels > 0 && nestsDeeperThan(text, levels - 1)]).toEqual([false, levels > 0]);
  });

  it('needs no whole text', () => {
    expect(nestsDeeperThan('['.repeat(65), 64)).toBe(true);
    expect(nestsDeeperThan(`"${'['.repeat(65)}`, 64)).toBe(false);
  });
});
