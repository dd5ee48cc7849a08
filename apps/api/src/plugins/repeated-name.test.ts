import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedName } from './repeated-name.ts';

const find = (text: string) => repeatedName(text, JSON.parse(text));

describe('repeatedName', () => {
  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"x":{"a":1},"y":[0,{"b/c":":","b/c":2}]}', '/y/1/b~1c'],
    ['{"a":{"b":1},"a":{"b":1}}', '/a'],
    ['{"constructor":1,"constructor":1}', '/constructor'],
    ['[{"a":"\\"a\\":","a":1}]', '/0/a'],
  ])('finds the one of %s', (text, pointer) => {
    expect(find(text)).toBe(pointer);
  });

  it.each([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}',
    '{"a:b":":","c":"\\\\\\":"}',
    '{"a":":\\"a\\":1"}',
    '[]',
    '1',
    '":"',
    'null',
  ])('finds none in %s', (text) => {
    expect(find(text)).toBeUndefined();
  });

  it('finds none in what JSON.stringify writes, and one where a member is doubled', () => {
    const check = fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const text = JSON.stringify(value);
      expect(find(text)).toBeUndefined();
      const [name] = Object.keys(value);
      expect(find(`${text.slice(0, -1)},${JSON.stringify(name)}:1}`)).toBe(
        `/${name!.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      );
    });
    fc.assert(check, { numRuns: 500 });
  });

  it('bears long strings and deep nesting', () => {
    expect(find(`{"a":":${'\\"x'.repeat(1_000_000)}"}`)).toBeUndefined();
    const depth = 5000;
    expect(find(`${'{"a":'.repeat(depth)}":"${'}'.repeat(depth)}`)).toBeUndefined();
  });
});
