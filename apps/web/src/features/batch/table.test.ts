import { describe, expect, it } from 'vitest';
import { RefusedFile, readTable } from './table.ts';
import { SCHEMA } from './test-files.ts';

const read = (text: string) => readTable(text, SCHEMA);
const lines = (text: string) => read(text).rows.map(({ line }) => line);

function refusalOf(text: string) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RefusedFile) return error.refusal;
    throw error;
  }
  return undefined;
}

describe('reading CSV', () => {
  it.each([',', ';', '\t', '|'] as const)('finds the separator %j', (delimiter) => {
    const text = [
      ['place', 'height', 'leaves'],
      ['forest', '1', '2'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n');
    expect(read(text)).toEqual({
      delimiter,
      header: ['place', 'height', 'leaves'],
      rows: [{ line: 2, cells: ['forest', '1', '2'], misquoted: false }],
    });
  });

  it('finds it in spite of decimal commas, quotes, blanks and a single row', () => {
    const { header, rows, delimiter } = read('"height"; leaves ;place\n1,5;2,5;"a,b,c"\n');
    expect([delimiter, header, rows[0]?.cells]).toEqual([';', ['height', 'leaves', 'place'], ['1,5', '2,5', 'a,b,c']]);
  });

  it.each(['\n', '\r\n', '\r'])('counts lines that end with %j; blank ones are passed over, quoted ones are one row', (end) => {
    const text = ['height,leaves,place', '1,2,forest', '', '   ', '3,4,"two', 'lines"', '5,6,forest', ''].join(end);
    expect(lines(text)).toEqual([2, 5, 7]);
  });

  it('a row of separators is a row, not a blank line', () => {
    expect(read('height,leaves,place\n,,\n').rows).toEqual([{ line: 2, cells: ['', '', ''], misquoted: false }]);
  });

  it('marks rows whose quotes cannot be understood', () => {
    const { rows } = read('height,leaves,place\n1,2,forest\n3,"4"x,forest\n5,6,forest\n');
    expect(rows[0]?.misquoted).toBe(false);
    expect(rows[1]?.misquoted).toBe(true);
    expect(read('height,leaves,place\n1,2,"forest\n3,4,forest').rows[0]?.misquoted).toBe(true);
  });
});

describe('refusing what cannot be scored', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['\n\n', { kind: 'empty' }],
    ['height,leaves,place\n', { kind: 'noRows' }],
    ['PK\u0003\u0004\u0000', { kind: 'spreadsheet' }],
    ['height,leaves,place\n\u0000,1,1', { kind: 'notText' }],
    ['height,colour\n1,2', { kind: 'columnsMissing', columns: ['leaves', 'place'] }],
    ['1,2,forest\n1,2,forest', { kind: 'columnsMissing', columns: ['height', 'leaves', 'place'] }],
    ['height,leaves,place,height\n1,2,forest,3', { kind: 'columnsRepeated', columns: ['height'] }],
  ])('%j', (text, refusal) => {
    expect(refusalOf(text)).toEqual(refusal);
  });

  it('a column that is no feature may stand there twice', () => {
    expect(refusalOf('height,leaves,place,note,note\n1,2,forest,a,b')).toBeUndefined();
  });
});
