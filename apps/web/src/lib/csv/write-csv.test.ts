import { describe, expect, it } from 'vitest';
import { writeCsv } from './write-csv.ts';

describe('writing CSV', () => {
  it('quotes what holds a separator, a quote or a line end', () => {
    expect(writeCsv([['a,b', 'say "x"', 'two\nlines', 'a;b', 1.5, null]])).toBe('"a,b","say ""x""","two\nlines",a;b,1.5,\r\n');
    expect(writeCsv([['a,b', 'a;b']], ';')).toBe('a,b;"a;b"\r\n');
  });

  it.each([
    '=1+1',
    '+A1',
    '-A1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '-1-1',
    '=HYPERLINK("x")',
    '-',
    '--1',
  ])('puts an apostrophe before %j', (cell) => {
    const [, written] = /^"?(.*?)"?\r\n$/s.exec(writeCsv([[cell]]))!;
    expect(written!.replaceAll('""', '"')).toBe(`'${cell}`);
  });

  it.each(['-5.1', '+3', '-1,5', '-1e-7', '5.1', 'a=b', '', 'x@y'])('leaves %j as it is', (cell) => {
    expect(writeCsv([[cell]])).toMatch(cell.includes(',') ? `"${cell}"` : cell);
    expect(writeCsv([[cell]])).not.toContain("'");
  });

  it('numbers are never taken for formulas', () => {
    expect(writeCsv([[-1, 1e-7, 0.1 + 0.2]])).toBe('-1,1e-7,0.30000000000000004\r\n');
  });
});
