import { describe, expect, it } from 'vitest';
import { findColumns, namesOf } from './columns.ts';

const indexesOf = (header: readonly string[], ...wanted: string[]) =>
  findColumns(
    header,
    wanted.map((name) => ({ name, kind: 'text' }) as const),
  );

describe('names of columns', () => {
  it('are those of the header, without the blanks around them', () => {
    expect(namesOf([' Total Charges', 'plant.stand', 'constructor', '5.1', '🌱'])).toEqual([
      'Total Charges',
      'plant.stand',
      'constructor',
      '5.1',
      '🌱',
    ]);
  });

  it('are made of the position where there is none, or the same twice', () => {
    expect(namesOf(['', 'price', 'b', 'price', ' '])).toEqual([
      'column 1',
      'price (column 2)',
      'b',
      'price (column 4)',
      'column 5',
    ]);
    expect(namesOf(['e\u0301', '\u00e9'])).toEqual(['e\u0301 (column 1)', '\u00e9 (column 2)']);
  });

  it('that JSON cannot have get a word behind them, wherever the column stands', () => {
    expect(namesOf(['__proto__', 'a', '$ref'])).toEqual(['__proto__ (column)', 'a', '$ref (column)']);
    expect(indexesOf(['a', '$ref'], '$ref (column)')).toEqual([1]);
  });

  it('are all different, whatever others are called', () => {
    expect(namesOf(['column 2', '', 'a (column 4)', 'a', 'a'])).toEqual([
      'column 2',
      'column 2*',
      'a (column 4)',
      'a (column 4)*',
      'a (column 5)',
    ]);
  });

  it('have blanks for line ends, and 500 characters at most', () => {
    expect(namesOf(['two\nlines'])).toEqual(['two lines']);
    const [first, second] = namesOf(['x'.repeat(600), 'x'.repeat(700)]);
    expect([first!.length <= 500, second!.length <= 500, first !== second]).toEqual([true, true, true]);
  });
});

describe('finding columns', () => {
  it('takes the name of the header, or the one that was made of it', () => {
    expect(indexesOf(['a', '', 'b', 'b'], 'a', 'column 2', 'b (column 4)', 'b (column 3)')).toEqual([0, 1, 3, 2]);
  });

  it('refuses a name that is there twice, whichever was meant', () => {
    expect(() => indexesOf(['b', 'b'], 'b')).toThrow('the header is not valid');
  });

  it('takes a header that writes a made name itself', () => {
    expect(indexesOf(['b (column 4)', 'b (column 3)'], 'b (column 3)')).toEqual([1]);
  });
});
