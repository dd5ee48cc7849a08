import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, splitCsvRecords } from './csv-records.ts';

/** All records of a text that arrives in chunks of some bytes. */
async function read(text: string, chunkBytes = 1 << 20): Promise<CsvRecord[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const records: CsvRecord[][] = [];
  for await (const completed of splitCsvRecords(chunks())) records.push(completed);
  return records.flat();
}

const cellsOf = async (text: string) => (await read(text)).map(({ cells, fault }) => cells ?? fault);

describe('splitCsvRecords', () => {
  it('reads what csv-parse reads of every well-formed text, however it is cut into chunks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '7', '"', ',', '\n', '.'), maxLength: 6 });
    const quote = (text: string) => (/^[^",\n]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`);
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const check = fc.asyncProperty(
      table,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n'),
      async (rows, size, end) => {
        const text = rows.map((row) => row.map(quote).join(',') + end).join('');
        const records = await read(text, size);
        expect(records.map(({ cells }) => cells)).toEqual(parse(text, { relax_column_count: true }));
      },
    );
    await fc.assert(check, { numRuns: 300 });
  });

  it('numbers a record by its first line and passes over blank lines', async () => {
    expect(await read('a,b\n\n"1\n2",3\r\n4,5')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1\n2', '3'] },
      { line: 5, cells: ['4', '5'] },
    ]);
  });

  it('takes blanks around cells away, but not those within quotes; a byte order mark is not part of the first cell', async () => {
    expect(await cellsOf('\u{feff}a , b\n "x" ,\t" y "\n')).toEqual([
      ['a', 'b'],
      ['x', ' y '],
    ]);
  });

  it.each([
    ['a quote within a cell', 'a"b,1'],
    ['text behind a closing quote', '"a"b,1'],
    ['a cell that is quoted again', '"a" "b",1'],
  ])('tells of %s and goes on with the next line', async (_case, line) => {
    expect(await cellsOf(`${line}\n2,3\n`)).toEqual(['is not CSV', ['2', '3']]);
  });

  it('gives a quote up that is not closed within 65,536 characters, and tells how far it went', async () => {
    const records = await read(`"1\n${'x\n'.repeat(40_000)}`);
    expect(records[0]).toEqual({
      line: 1,
      fault: 'is longer than 65536 characters and goes on to line 32768: is a quote not closed?',
    });
    expect(records[1]).toEqual({ line: 32_769, cells: ['x'] });
    expect(await cellsOf('1,2\n"3')).toEqual([['1', '2'], 'is not CSV: a quote is not closed']);
  });

  it('takes time linear in the text, whatever it is', async () => {
    const hostile = ['a","', '"', '""', ' ', ',', '"a""'].flatMap((piece) => [piece, `${piece}\n`]);
    const started = performance.now();
    for (const piece of hostile) await read(piece.repeat(Math.ceil(500_000 / piece.length)));
    // Six million characters take about 0.5 s; quadratic time in one record of 65,536 would take minutes.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
