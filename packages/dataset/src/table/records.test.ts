import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './lines.ts';
import { type CsvRecord, createRecordReader, type Separator } from './records.ts';

/** All records of a text that arrives in chunks of some characters. */
function read(text: string, chunkChars = 1 << 20, separator: Separator = ','): CsvRecord[] {
  const splitter = createLineSplitter();
  const reader = createRecordReader(separator);
  const records: (CsvRecord | undefined)[] = [];
  for (let at = 0; at < text.length; at += chunkChars) {
    for (const line of splitter.split(text.slice(at, at + chunkChars))) records.push(reader.read(line));
  }
  const last = splitter.end();
  if (last !== undefined) records.push(reader.read(last));
  return [...records, reader.end()].filter((record) => record !== undefined);
}

const cellsOf = (text: string, separator?: Separator) =>
  read(text, undefined, separator).map(({ cells, fault }) => cells ?? fault.kind);

describe('the record reader', () => {
  it('reads what csv-parse reads of every well-formed text, however it is cut into chunks', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '7', '"', ',', ';', '\n', '.'), maxLength: 6 });
    const quote = (text: string) => (/^[^",;\n]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`);
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const check = fc.property(
      table,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom<Separator>(',', ';', '\t', '|'),
      (rows, size, end, separator) => {
        const text = rows.map((row) => row.map(quote).join(separator) + end).join('');
        const expected = parse(text, { relax_column_count: true, delimiter: separator, record_delimiter: end });
        expect(read(text, size, separator).map(({ cells }) => cells)).toEqual(expected);
      },
    );
    fc.assert(check, { numRuns: 500 });
  });

  it.each(['\n', '\r\n', '\r'])('numbers a record by its first line and passes over blank lines, with line ends %j', (end) => {
    expect(read(['a,b', '', '"1', '2",3', '4,5'].join(end), 1)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1\n2', '3'], quoted: [true, false] },
      { line: 5, cells: ['4', '5'] },
    ]);
  });

  it('takes blanks around cells away, but not those within quotes; a byte order mark is not part of a cell', () => {
    expect(cellsOf('\u{feff}a , b\n "x" ,\t" y "\n\u{feff}"z",1')).toEqual([
      ['a', 'b'],
      ['x', ' y '],
      ['z', '1'],
    ]);
    expect(cellsOf('"a"\t" b "\t\n', '\t')).toEqual([['a', ' b ', '']]);
  });

  it('takes a line of separators for a row of empty cells', () => {
    expect(cellsOf('\t\n \na\tb', '\t')).toEqual([
      ['', ''],
      ['a', 'b'],
    ]);
    expect(cellsOf(',\n\t\n')).toEqual([['', '']]);
  });

  it.each([
    ['a quote within a cell', 'a"b,1'],
    ['text behind a closing quote', '"a"b,1'],
    ['a cell that is quoted again', '"a" "b",1'],
  ])('reports %s and goes on with the next line', (_case, line) => {
    expect(cellsOf(`${line}\n2,3\n`)).toEqual(['misquoted', ['2', '3']]);
  });

  it('gives a quote up that is not closed within 65,536 characters, and says how far it went', () => {
    const records = read(`"1\n${'x\n'.repeat(40_000)}`);
    expect(records[0]).toEqual({ line: 1, fault: { kind: 'tooLong', lastLine: 32_768 } });
    expect(records[1]).toEqual({ line: 32_769, cells: ['x'] });
    expect(cellsOf('1,2\n"3')).toEqual([['1', '2'], 'unclosed']);
  });

  it('takes time linear in the text, whatever it is', () => {
    const hostile = ['a","', '"', '""', ' ', ',', '"a""', '\r'].flatMap((piece) => [piece, `${piece}\n`]);
    const started = performance.now();
    for (const piece of hostile) read(piece.repeat(Math.ceil(500_000 / piece.length)));
    // Seven million characters take about 0.5 s; quadratic time in one record of 65,536 would take minutes.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
