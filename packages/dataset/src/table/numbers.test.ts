import { describe, expect, it } from 'vitest';
import { createNumberReader } from './numbers.ts';
import type { Separator } from './records.ts';

/** Each cell's value or what is wrong with it, read in their order. */
function readAll(separator: Separator, ...cells: string[]): (number | string)[] {
  const numbers = createNumberReader(separator);
  return cells.map((cell) => {
    const value = numbers.read(cell);
    return Number.isNaN(value) ? numbers.faultOf(cell) : value;
  });
}

describe('reading numbers', () => {
  it.each([
    ['5', 5],
    ['-5.1', -5.1],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['007', 7],
    ['1e6', 1e6],
    ['1E-3', 0.001],
    ['1.7976931348623157E308', 1.7976931348623157e308],
    ['\u22125.1', -5.1],
    [' 1 ', 1],
    ['\u00a01\u00a0', 1],
  ])('%j is a number', (cell, value) => {
    expect(readAll(',', cell)).toEqual([value]);
  });

  it.each([
    ...[
      '',
      ' ',
      'x',
      '0x1F',
      '0X1F',
      '0b11',
      '0o17',
      ' 0x1F',
      '-0x1F',
      '1_000',
      '1 000',
      '1\u00a0000',
      "1'000",
      '1,234,567',
      '1.2.3',
    ],
    ...['Infinity', '-Infinity', 'NaN', 'null', 'true', '12px', '5 %', '1e', 'e5', '--1', '1-', '1n', '٣'],
  ])('%j is none', (cell) => {
    expect(readAll(',', cell)).toEqual(['notANumber']);
  });

  it.each(['1e309', '-1e400', '9'.repeat(400)])('%s is too large', (cell) => {
    expect(readAll(',', cell)).toEqual(['tooLarge']);
  });

  it.each<Separator>([';', '\t', '|'])('between %j the first fraction decides the sign of all', (separator) => {
    expect(readAll(separator, '3', '5,1', '1,234', '-0,5e2', '5.1', '2')).toEqual([3, 5.1, 1.234, -50, 'decimalPoint', 2]);
    expect(readAll(separator, '3', '5.1', '5,1', '1,234')).toEqual([3, 5.1, 'decimalComma', 'decimalComma']);
  });

  it('between commas, where quotes hold decimal commas, a number that may be a thousand does not decide', () => {
    expect(readAll(',', '1,234', '5,1', '1,234')).toEqual(['decimalComma', 5.1, 1.234]);
    expect(readAll(',', '0,123')).toEqual([0.123]);
    expect(readAll(',', '1234,567')).toEqual([1234.567]);
  });
});
