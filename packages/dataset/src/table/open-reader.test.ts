import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpenReader } from './open-reader.ts';
import type { CsvRecord } from './records.ts';
import { TableError } from './table-error.ts';

const encoder = new TextEncoder();

/** Format and cells of a text that arrives in chunks of some bytes. */
function read(text: string, wanted: readonly string[] = [], chunkBytes = 1 << 20) {
  const bytes = encoder.encode(text);
  const reader = createOpenReader(wanted);
  const records: CsvRecord[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) records.push(...reader.read(bytes.subarray(at, at + chunkBytes)));
  records.push(...reader.end());
  return { ...reader.format()!, records };
}

const cellsOf = (text: string, wanted?: readonly string[]) => read(text, wanted).records.map(({ cells }) => cells);

describe('a table of unknown columns', () => {
  it.each([',', ';', '\t', '|'] as const)('is found to be separated by %j', (separator) => {
    const text = ['a b', 'c', '1', '2', '3', '4'].join(separator).replace(`${separator}1`, '\n1').replace(`${separator}3`, '\n3');
    expect(read(text)).toMatchObject({ separator, names: ['a b', 'c'] });
    expect(cellsOf(text)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('is separated by what gives all rows the width of the header, not by what stands in its cells', () => {
    expect(read('a;b, c\n1,5;2\n2;3\n')).toMatchObject({ separator: ';', names: ['a', 'b, c'] });
    expect(read('when;who\n2026|01;x\n').separator).toBe(';');
  });

  it('is separated by what gives the wanted column, even where rows are broken', () => {
    expect(read('a,b;c\n1,2;3\n1,2;3\n', ['c']).separator).toBe(';');
    expect(read('a,b;c\n1,2;3\n1,2;3\n', ['a']).separator).toBe(',');
  });

  it('may say its separator in a first line, as spreadsheets write it', () => {
    expect(read('sep=;\na,b;c\n1;2\n')).toMatchObject({ separator: ';', names: ['a,b', 'c'] });
  });

  it('may have one column', () => {
    expect(read('a\n1\n2\n')).toMatchObject({ names: ['a'], records: [{ cells: ['1'] }, { cells: ['2'] }] });
  });

  it('numbers its records by their lines, also below a header of several lines', () => {
    expect(read('\n"a\nb",c\n1,2\n\n3,4\n').records.map(({ line }) => line)).toEqual([4, 6]);
  });

  it('reads the same however it is cut into chunks', () => {
    const text = `${'x,é,"a\nb"\n'.repeat(300)}1,2,3`;
    const whole = read(text);
    const check = fc.property(fc.integer({ min: 1, max: 900 }), (size) => {
      expect(read(text, [], size)).toEqual(whole);
    });
    fc.assert(check, { numRuns: 30 });
  });

  it('is refused when it is empty or no text', () => {
    expect(() => read('')).toThrow(TableError);
    expect(() => read('PK\u0003\u0004rest\n')).toThrow('workbook');
  });
});
