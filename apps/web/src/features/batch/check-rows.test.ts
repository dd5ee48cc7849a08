import { describe, expect, it } from 'vitest';
import { checkRows } from './check-rows.ts';
import { countFaults } from './summary.ts';
import { readTable } from './table.ts';
import { SCHEMA } from './test-files.ts';

const check = (...rows: string[]) => checkRows(readTable(['height,leaves,place', ...rows].join('\n'), SCHEMA), SCHEMA);
const checkWith = (delimiter: string, ...rows: string[]) =>
  checkRows(readTable([`height${delimiter}leaves${delimiter}place`, ...rows].join('\n'), SCHEMA), SCHEMA);
const faultsOf = (row: string) => check(row).rows[0]!.faults;

describe('checking a row', () => {
  it.each([
    ['1.5,2,forest', { height: 1.5, leaves: 2, place: 'forest' }],
    ['0,-1,été', { height: 0, leaves: -1, place: 'été' }],
    ['150,1e6,forest', { height: 150, leaves: 1e6, place: 'forest' }],
    [' .5 , +3 , forest ', { height: 0.5, leaves: 3, place: 'forest' }],
    ['1,2,forest,,', { height: 1, leaves: 2, place: 'forest' }],
  ])('%j is an instance', (row, instance) => {
    const { rows, toInstance } = check(row);
    expect(rows[0]!.faults).toEqual([]);
    expect(toInstance(rows[0]!)).toEqual(instance);
  });

  it.each([
    [',2,forest', [{ column: 'height', kind: 'missing' }]],
    [
      '1',
      [
        { column: 'leaves', kind: 'missing' },
        { column: 'place', kind: 'missing' },
      ],
    ],
    [
      'tall,0x10,forest',
      [
        { column: 'height', kind: 'notANumber' },
        { column: 'leaves', kind: 'notANumber' },
      ],
    ],
    [
      'NaN,Infinity,forest',
      [
        { column: 'height', kind: 'notANumber' },
        { column: 'leaves', kind: 'notANumber' },
      ],
    ],
    ['1 000,2,forest', [{ column: 'height', kind: 'notANumber' }]],
    ['"1,5",2,forest', [{ column: 'height', kind: 'decimalComma' }]],
    [
      '-0.1,1e7,forest',
      [
        { column: 'height', kind: 'implausible' },
        { column: 'leaves', kind: 'implausible' },
      ],
    ],
    ['1,2,Forest', [{ column: 'place', kind: 'unknownLevel' }]],
    ['1,2,', [{ column: 'place', kind: 'missing' }]],
    ['1,5,2,forest', [{ kind: 'extraCells' }]],
    ['1,2,"forest', [{ kind: 'misquoted' }]],
  ])('%j is not', (row, faults) => {
    expect(faultsOf(row)).toEqual(faults);
  });

  it('takes columns by name, in any order, and leaves others alone', () => {
    const { rows, toInstance } = checkRows(readTable('note,place,leaves,height\n=x,forest,2,1\n', SCHEMA), SCHEMA);
    expect(toInstance(rows[0]!)).toEqual({ height: 1, leaves: 2, place: 'forest' });
  });

  it('passes the caller’s own names of predictions on, where there are some', () => {
    const { rows, toInstance } = checkRows(
      readTable('height,leaves,place,request_id\n1,2,forest,a7\n1,2,forest,\n', SCHEMA),
      SCHEMA,
    );
    expect(rows.map(toInstance)).toEqual([
      { height: 1, leaves: 2, place: 'forest', request_id: 'a7' },
      { height: 1, leaves: 2, place: 'forest' },
    ]);
  });
});

describe('decimal commas', () => {
  it.each([';', '\t'])('are read as such between %j, where no number has a point', (delimiter) => {
    const { decimalSign, rows, toInstance } = checkWith(
      delimiter,
      ['1,5', '-0,5', 'forest'].join(delimiter),
      ['2', '3', 'forest'].join(delimiter),
    );
    expect(decimalSign).toBe(',');
    expect(rows.map(toInstance)).toEqual([
      { height: 1.5, leaves: -0.5, place: 'forest' },
      { height: 2, leaves: 3, place: 'forest' },
    ]);
  });

  it('are a fault where others have points: one of them may separate thousands', () => {
    const { decimalSign, rows } = checkWith(';', '1,500;2;forest', '1.5;2;forest');
    expect(decimalSign).toBe('.');
    expect(rows.map(({ faults }) => faults)).toEqual([[{ column: 'height', kind: 'decimalComma' }], []]);
  });

  it('a point in a column that is no number decides nothing', () => {
    const table = readTable('height;leaves;place;note\n1,5;2;forest;v1.0\n', SCHEMA);
    expect(checkRows(table, SCHEMA).decimalSign).toBe(',');
  });
});

it('faults are counted by column and kind, the most frequent first, with the first line of each', () => {
  const { rows } = check('1,2,forest', 'x,2,forest', 'y,2,meadow', ',2,forest', '1,2,3,4');
  expect(countFaults(rows)).toEqual([
    { column: 'height', kind: 'notANumber', count: 2, firstLine: 3 },
    { column: 'place', kind: 'unknownLevel', count: 1, firstLine: 4 },
    { column: 'height', kind: 'missing', count: 1, firstLine: 5 },
    { kind: 'extraCells', count: 1, firstLine: 6 },
  ]);
});
