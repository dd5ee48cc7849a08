import { describe, expect, it } from 'vitest';
import { exceededBound } from './json-shape.ts';

const levelsBeyond = (text: string, levels: number) => exceededBound(text, { levels, names: 100 });
const namesBeyond = (text: string, names: number) => exceededBound(text, { levels: 64, names });

describe('exceededBound', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['{"a":[{"b":[]}]}', 4],
    ['[[],[],[[]]]', 3],
    ['["[[[[", "\\"[[[[", "\\\\", []]', 2],
    ['{"[[[":{}}', 2],
  ])('%s has %i levels', (text, levels) => {
    expect([levelsBeyond(text, levels), levels > 0 && levelsBeyond(text, levels - 1)]).toEqual([
      undefined,
      levels > 0 && 'levels',
    ]);
  });

  it.each([
    ['{"a":1,"b":2}', 2],
    ['[{"a":1},{"b":2},{"c":[{"d":1}]}]', 1],
    ['{"a:b:c":":::","b":{"c":1}}', 2],
    ['{"a":{"x":1,"y":2,"z":3},"b":1}', 3],
  ])('the widest object of %s has %i names', (text, names) => {
    expect([namesBeyond(text, names), namesBeyond(text, names - 1)]).toEqual([undefined, 'names']);
  });

  it('needs no whole text, and takes what is no JSON', () => {
    expect(levelsBeyond('['.repeat(65), 64)).toBe('levels');
    expect(levelsBeyond(`"${'['.repeat(65)}`, 64)).toBeUndefined();
    expect(levelsBeyond(`${']'.repeat(9)}:::[[`, 1)).toBeUndefined();
  });
});
