import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableColumn } from './columns.ts';
import { TableError } from './table-error.ts';
import { createTableReader, type TableRow } from './table-reader.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'height', kind: 'numeric' },
  { name: 'place', kind: 'categorical', levels: ['forest', 'été'] },
  { name: 'request_id', kind: 'text', optional: true },
];

const encode = (text: string) => new TextEncoder().encode(text);

function readBytes(file: Uint8Array, size = 1 << 20, columns = COLUMNS) {
  const reader = createTableReader(columns);
  const rows: TableRow[] = [];
  for (let at = 0; at < file.length; at += size) rows.push(...reader.read(file.subarray(at, at + size)));
  rows.push(...reader.end());
  return { rows, format: reader.format()! };
}

const read = (text: string, columns = COLUMNS) => readBytes(encode(text), undefined, columns);
const valuesOf = (text: string) => read(text).rows.map(({ values }) => values);
const faultsOf = (text: string) =>
  read(text).rows.flatMap(({ line, faults }) => faults.map(({ column, kind, detail }) => [line, column, kind, detail]));

function refusalOf(text: string): TableError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof TableError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the header', () => {
  it.each([',', ';', '\t', '|'])('separated by %j, in any order, with other columns', (separator) => {
    const rows = [
      ['place', 'a,b;c', 'height'],
      ['forest', 'x', '1'],
    ];
    const text = rows.map((cells) => cells.map((cell) => `"${cell}"`).join(separator)).join('\n');
    const { rows: read1, format } = read(text);
    expect(read1).toEqual([{ line: 2, cells: ['forest', 'x', '1'], values: [1, 'forest', undefined], faults: [] }]);
    expect(format).toMatchObject({ separator, names: ['place', 'a,b;c', 'height'] });
  });

  it('is found below blank lines and a line that names the separator', () => {
    expect(read('sep=;\r\n\r\nheight;place\r\n1,5;forest\r\n')).toMatchObject({
      rows: [{ line: 4, values: [1.5, 'forest', undefined] }],
      format: { separator: ';', decimalSign: ',' },
    });
  });

  it('may name a column on two lines, with blanks, and with letters composed in another way', () => {
    const columns: TableColumn[] = [{ name: 'température', kind: 'numeric' }];
    expect(read('"a\nb", tempe\u0301rature ,"c"\n1,2,3\n', columns).rows).toMatchObject([{ line: 3, values: [2] }]);
  });

  it.each([
    ['', 'EMPTY', []],
    ['\n \n', 'EMPTY', []],
    ['PK\u0003\u0004\u0014', 'WORKBOOK', []],
    ['height\0,place', 'NOT_TEXT', []],
    ['height"x",place\n', 'HEADER_UNREADABLE', []],
    ['"height,place\n1,forest\n', 'HEADER_UNREADABLE', []],
    ['"height', 'HEADER_UNREADABLE', []],
    ['1,2\n', 'COLUMNS', ['height the header lacks this column', 'place the header lacks this column']],
    ['height,place,height\n', 'COLUMNS', ['height the header has this column twice']],
    ['height,place, place \n', 'COLUMNS', ['place the header has this column twice']],
    ['height,place,request_id,request_id\n', 'COLUMNS', ['request_id the header has this column twice']],
    ['Height,place\n', 'COLUMNS', ['height the header lacks this column, but has "Height": names are compared letter by letter']],
  ])('refuses %j', (text, code, columns) => {
    const { code: found, columns: faults } = refusalOf(text);
    expect([found, faults.map(({ column, detail }) => `${column} ${detail}`)]).toEqual([code, columns]);
  });

  it('without end is refused before it fills memory', () => {
    expect(() => createTableReader(COLUMNS).read(encode(`"${'x\n'.repeat(40_000)}`))).toThrow(TableError);
  });

  it.each([
    ['a workbook of 1997', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], 'WORKBOOK'],
    ['gzip', [0x1f, 0x8b, 0x08, 0x00, 0x00], 'COMPRESSED'],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0x04], 'COMPRESSED'],
  ])('refuses %s at its first bytes', (_what, bytes, code) => {
    const reader = createTableReader(COLUMNS);
    expect(() => [reader.read(new Uint8Array(bytes)), reader.end()]).toThrow(expect.objectContaining({ code }));
  });
});

describe('a row', () => {
  it('has the values of the wanted columns, levels as the model has them', () => {
    expect(valuesOf('place,height,request_id\nforest,1,a\ne\u0301te\u0301,2.5,\n')).toEqual([
      [1, 'forest', 'a'],
      [2.5, 'été', undefined],
    ]);
  });

  it.each([
    ['1,forest,x', [2, undefined, 'extraCells', expect.stringContaining('has 3 cells where the header has 2: ')]],
    ['1', [2, undefined, 'fewCells', 'has 1 cells where the header has 2']],
    ['1,"forest', [2, undefined, 'unclosed', 'is not CSV: a quote is not closed']],
    ['1,"fo"rest', [2, undefined, 'misquoted', 'is not CSV: its quotes cannot be understood']],
    [',forest', [2, 'height', 'missing', 'is missing']],
    ['0x1F,forest', [2, 'height', 'notANumber', '"0x1F" is not a number']],
    ['1,Forest', [2, 'place', 'unknownLevel', '"Forest" is none of forest, été']],
    ['1," forest"', [2, 'place', 'unknownLevel', '" forest" is none of forest, été']],
    ['1,f\0', [2, 'place', 'notText', 'holds a zero character: this is not text']],
    ['1\0,forest', [2, 'height', 'notText', 'holds a zero character: this is not text']],
    ['"1,500",forest', [2, 'height', 'decimalComma', expect.stringContaining('has a decimal comma, or separates thousands')]],
  ])('%j is faulty', (row, fault) => {
    expect(faultsOf(`height,place\n${row}`)).toEqual([fault]);
  });

  it('may have empty cells beyond the header, and none that are not', () => {
    expect(faultsOf('height,place\n1,forest,,\n2,forest, ,"" \n')).toEqual([]);
  });

  it('may have values below an unnamed first column, as data frames write their index, and below no other', () => {
    expect(faultsOf(',height,place\n0,1,forest\n')).toEqual([]);
    expect(faultsOf('height,place,,\n1,forest,,\n1,forest,,x\n')).toEqual([
      [3, undefined, 'extraCells', 'has a value in column 4, which has no name'],
    ]);
  });

  it('of decimal commas between commas is faulty, not shifted', () => {
    const columns: TableColumn[] = ['a', 'b'].map((name) => ({ name, kind: 'numeric' }));
    expect(read('a,b\n5,1,3,5\n', columns).rows[0]).toMatchObject({ values: [], faults: [{ kind: 'extraCells' }] });
  });

  it('that is faulty costs no other one', () => {
    const { rows } = read(`height,place\n1,"x"y\n${'2,forest\n'.repeat(1000)}`);
    expect(rows.filter(({ faults }) => faults.length === 0)).toHaveLength(1000);
  });

  it('with a byte that is not UTF-8 in a UTF-8 file is faulty', () => {
    const file = new Uint8Array([...encode('height,place\n1,été\n2,'), 0xe9, ...encode('t\u00e9\n3,été\n')]);
    expect(readBytes(file).rows.flatMap(({ line, faults }) => faults.map(({ kind }) => [line, kind]))).toEqual([
      [3, 'undecoded'],
    ]);
  });
});

it('how a file is cut into chunks decides nothing', () => {
  const cell = fc.constantFrom('1', '2,5', '3.5', 'forest', 'été', '"a\nb"', '', '"', 'e\u0301te\u0301', '\u{feff}');
  const line = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(';'));
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const encoding = fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1');
  const check = fc.property(
    fc.array(line, { maxLength: 6 }),
    end,
    encoding,
    fc.integer({ min: 1, max: 9 }),
    (lines, ends, name, size) => {
      const file = new Uint8Array(Buffer.from(['height;place', ...lines].join(ends), name));
      expect(readBytes(file, size)).toEqual(readBytes(file));
    },
  );
  fc.assert(check, { numRuns: 1000 });
});
