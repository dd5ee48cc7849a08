import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../errors.ts';
import { type ProfileOptions, profileTable, type TableProfile } from './table-profile.ts';

function profileOf(text: string, options: ProfileOptions = {}, chunkBytes = 1 << 16): Promise<TableProfile> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  return profileTable(chunks(), options);
}

async function columnOf(cells: readonly string[], options?: ProfileOptions) {
  const { columns } = await profileOf(`x,y\n${cells.map((cell) => `${cell},1\n`).join('')}`, options);
  return columns[0]!;
}

describe('a column', () => {
  it('of numbers has their range, and says how many have no fraction', async () => {
    expect(await columnOf(['5', '-1.5', '1e3'])).toMatchObject({
      values: 3,
      numbers: { count: 3, integers: 2, range: { min: -1.5, max: 1000 }, decimalSign: '.' },
    });
  });

  it('tells texts that may stand for a missing value from values', async () => {
    const { empty, tokens, values } = await columnOf(['1', '', 'NA', '?', '-', 'NA', 'n.d.'], { missing: ['n.d.'] });
    expect({ empty, tokens: [...tokens], values }).toEqual({
      empty: 1,
      tokens: [
        ['NA', 2],
        ['?', 1],
        ['-', 1],
        ['n.d.', 1],
      ],
      values: 1,
    });
  });

  it('of dates has the formats that fit all of them', async () => {
    const formatsOf = async (...cells: string[]) => (await columnOf(cells)).dates.map(({ format }) => format);
    expect(await formatsOf('2026-05-01', '2026-05-02T10:00:00Z')).toEqual(['yyyy-mm-dd']);
    expect(await formatsOf('01.05.2026', '31.12.2026 08:00')).toEqual(['dd.mm.yyyy']);
    expect(await formatsOf('5/1/2026', '5/2/2026')).toEqual(['dd/mm/yyyy', 'mm/dd/yyyy']);
    expect(await formatsOf('5/1/2026', '5/13/2026')).toEqual(['mm/dd/yyyy']);
    expect(await formatsOf('5/13/2026', '13/5/2026')).toEqual([]);
    expect(await formatsOf('2026-02-30')).toEqual([]);
  });

  it('has the days of its dates', async () => {
    expect((await columnOf(['13/01/2026', '01/02/2025'])).dates).toEqual([
      { format: 'dd/mm/yyyy', range: { min: '2025-02-01', max: '2026-01-13' } },
    ]);
  });

  it('that numbers the rows is a sequence', async () => {
    expect((await columnOf(['1', '2', '3'])).numbers.isSequence).toBe(true);
    expect((await columnOf(['1', '3', '4'])).numbers.isSequence).toBe(false);
    expect((await columnOf(['1.5', '2.5'])).numbers.isSequence).toBe(false);
  });

  it('says what it has beside numbers', async () => {
    const { numbers } = await columnOf(['1', 'none of these', '2', 'x']);
    expect(numbers).toMatchObject({ count: 2, firstOther: { line: 3, cell: 'none of these' } });
    expect([...numbers.otherTexts!]).toEqual(['none of these', 'x']);
    expect((await columnOf(['a', 'b', 'c', 'd', 'e', 'f'])).numbers.otherTexts).toBeUndefined();
  });

  it('counts what stands in quotes, and the words of its texts', async () => {
    expect(await columnOf(['"1"', '2', '"a b c"'])).toMatchObject({ quoted: 2, text: { meanWords: 3, meanLength: 5 } });
  });

  it('has a decimal sign of its own', async () => {
    const { columns } = await profileOf('a;b\n1,5;1.5\n2,5;2.5\n');
    expect(columns.map(({ numbers }) => [numbers.decimalSign, numbers.count])).toEqual([
      [',', 2],
      ['.', 2],
    ]);
  });
});

describe('a table', () => {
  it('counts rows, and says which of them are faulty', async () => {
    expect(await profileOf('a,b\n1,2\n3\n4,5,6\n7,8,\n')).toMatchObject({
      rows: 2,
      faultyRows: 2,
      faults: [
        { line: 3, detail: 'has 1 cells where the header has 2' },
        { line: 4, kind: 'extraCells' },
      ],
    });
  });

  it('has the columns of its header, also without a row', async () => {
    const { columns, rows } = await profileOf('a,,a\n');
    expect([rows, columns.map(({ name }) => name)]).toEqual([0, ['a (column 1)', 'column 2', 'a (column 3)']]);
  });

  it('is the same however it is cut into chunks', async () => {
    const text = `a,b,c\n${Array.from({ length: 150 }, (_, row) => `${row},é${row % 7},"x\n${row}"\n`).join('')}`;
    const whole = await profileOf(text);
    const check = fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) => {
      expect(await profileOf(text, {}, size)).toEqual(whole);
    });
    await fc.assert(check, { numRuns: 30 });
  });

  it('of thousands of columns counts fewer values in each, but all classes of its target', async () => {
    const names = Array.from({ length: 8000 }, (_, index) => `f${index}`);
    const rows = Array.from({ length: 700 }, (_, row) => `c${row},${'a,'.repeat(7998)}x${row},b${row}\n`);
    const { columns } = await profileOf(`${names.join(',')},y\n${rows.join('')}`, { target: 'y' });
    expect(columns.at(-1)!.summary).toMatchObject({ distinct: 700, isComplete: true });
    expect(columns[0]!.summary.isComplete).toBe(false);
    expect(columns[1]!.summary).toMatchObject({ distinct: 1, isComplete: true });
  });

  it('that is none is refused', async () => {
    await expect(profileOf('')).rejects.toThrow(DatasetError);
    await expect(profileOf('PK\u0003\u0004\n')).rejects.toThrow('workbook');
  });
});
