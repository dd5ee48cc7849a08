import { describe, expect, it } from 'vitest';
import { numberText } from './number-text.ts';

describe('numberText', () => {
  it.each([
    ['1.4', '1.4'],
    ['1,4', '1.4'],
    ['1,', '1.'],
    [',5', '.5'],
    ['-1,4', '-1.4'],
    ['\u22121.4', '-1.4'],
    [' 1,4 ', '1.4'],
    ['14', '14'],
    ['', ''],
    ['-', '-'],
    ['1e0', '1'],
    ['1,5E1', '15'],
    ['1e-7', '0.0000001'],
    ['1e21', '1000000000000000000000'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['1.234.567', '1234567'],
    ['-1,234,567', '-1234567'],
    ['1.4.', '1.4.'],
    ['1,4.', '1,4.'],
  ])('%j is %j where points are decimal signs, and the same with a comma elsewhere', (text, expected) => {
    expect(numberText(text, '.')).toBe(expected);
    const isChanged = expected !== text || (text.match(/[.,]/g)?.length ?? 0) < 2;
    expect(numberText(text, ',')).toBe(isChanged ? expected.replace('.', ',') : expected);
  });
});
