import { describe, expect, it } from 'vitest';
import { NUMBER_BYTES, UNIT_BYTES, writeBytes, writeNumber, writeText } from './json-bytes.ts';

/** What a function writes from byte 3 on, with no more room than it was promised. */
function written(room: number, write: (target: Buffer, at: number) => number): string {
  const target = Buffer.alloc(3 + room, '#');
  const end = write(target, 3);
  if (end > target.length || target.toString('latin1', 0, 3) !== '###') throw new Error(`written outside its room, to ${end}`);
  return target.toString('utf8', 3, end);
}

const text = (value: string) => written(2 + UNIT_BYTES * value.length, (target, at) => writeText(target, at, value));
const number = (value: number) => written(NUMBER_BYTES, (target, at) => writeNumber(target, at, value));

/** Doubles of every size, from a linear congruential generator (Numerical Recipes), so that a failure comes again. */
function* doubles(count: number): Generator<number> {
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0, state = 1; i < 2 * count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    view.setUint32(4 * (i % 2), state);
    if (i % 2 === 1) yield view.getFloat64(0);
  }
}

describe('writeText', () => {
  it.each([
    '',
    'setosa',
    'a "quoted" word',
    'back\\slash, \\u0041',
    'tab\tnew\nline\r\b\f\u001f',
    '</script>\u2028\u2029\u007f',
    'ß 🌸 中',
    '🌸'.repeat(100),
    '"'.repeat(100),
    '\u0001'.repeat(100),
    '}{],:null',
  ])('writes %j as JSON that reads as the same', (value) => {
    expect(JSON.parse(text(value))).toBe(value);
    expect(text(value)).toBe(JSON.stringify(value));
  });

  it.each([
    ['a\0b', 'a\ufffdb'],
    ['\ud83c half', '\ufffd half'],
    ['\udf38\ud83c', '\ufffd\ufffd'],
    ['\\u0000', '\\u0000'],
  ])('writes %j as %j, which PostgreSQL takes', (value, clean) => {
    expect(JSON.parse(text(value))).toBe(clean);
  });

  it('writes every UTF-16 unit in its worst case within its room', () => {
    const units = Array.from({ length: 0xd800 - 1 }, (_, i) => String.fromCharCode(i + 1));
    expect(units.filter((unit) => text(unit) !== JSON.stringify(unit))).toEqual([]);
  });
});

describe('writeNumber', () => {
  it.each([
    0,
    1,
    9,
    10,
    99,
    100,
    5.1,
    0.2,
    0.97,
    0.05,
    0.0001,
    0.00001,
    0.1234,
    0.12345,
    1.0001,
    12.5,
    99999.9999,
    214748.3647,
    214748.3648,
    1e6,
    123456.7,
    1e21,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    -0.5,
    -1,
    0.1 + 0.2,
    1 / 3,
    2 ** 53,
  ])('writes %d as JSON does', (value) => {
    expect(number(value)).toBe(JSON.stringify(value));
  });

  it('writes what is no number as null, and a negative zero as zero, as JSON does', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0].map(number)).toEqual([
      'null',
      'null',
      'null',
      '0',
    ]);
  });

  it('writes every decimal of up to four digits behind the point as JSON does', () => {
    const decimals = Array.from({ length: 30_000 }, (_, n) => n / 10_000);
    expect(decimals.filter((value) => number(value) !== JSON.stringify(value))).toEqual([]);
  });

  it('writes doubles of any size so that they read as the same', () => {
    expect([...doubles(20_000)].filter((value) => number(value) !== JSON.stringify(value))).toEqual([]);
  });
});

describe('writeBytes', () => {
  it('writes the bytes and says where they end', () => {
    expect(written(5, (target, at) => writeBytes(target, at, Buffer.from('ß,"a')))).toBe('ß,"a');
  });
});
