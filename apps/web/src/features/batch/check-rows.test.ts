import { describe, expect, it } from 'vitest';
import { checkRows, type Fault } from './check-rows.ts';
import { countFaults } from './summary.ts';
import { readTable } from './table.ts';
import { SCHEMA } from './test-files.ts';

const checkText = (text: string) => {
  const table = readTable(new TextEncoder().encode(text), SCHEMA);
  return { ...checkRows(table, SCHEMA), format: table.format };
};
const check = (...rows: string[]) => checkText(['height,leaves,place', ...rows].join('\n'));
const plain = (faults: readonly Fault[]) =>
  faults.map(({ column, kind }) => (column === undefined ? { kind } : { column, kind }));
const faultsOf = (row: string) => plain(check(row).rows[0]!.faults);

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
    ['1', [{ kind: 'fewCells' }]],
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
    ['"1,500",2,forest', [{ column: 'height', kind: 'decimalComma' }]],
    ['1e400,2,forest', [{ column: 'height', kind: 'tooLarge' }]],
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
    ['1,2,"forest', [{ kind: 'unclosed' }]],
    ['1,2,"for"est', [{ kind: 'misquoted' }]],
  ])('%j is not', (row, faults) => {
    expect(faultsOf(row)).toEqual(faults);
  });

  it('takes columns by name, in any order, and leaves others alone', () => {
    const { rows, toInstance } = checkText('note,place,leaves,height\n=x,forest,2,1\n');
    expect(toInstance(rows[0]!)).toEqual({ height: 1, leaves: 2, place: 'forest' });
  });

  it('passes the caller’s own names of predictions on, where there are some', () => {
    const { rows, toInstance } = checkText('height,leaves,place,request_id\n1,2,forest,a7\n1,2,forest,\n');
    expect(rows.map(toInstance)).toEqual([
      { height: 1, leaves: 2, place: 'forest', request_id: 'a7' },
      { height: 1, leaves: 2, place: 'forest' },
    ]);
  });
});

it('faults are counted by column and kind, the most frequent first, with the first line of each', () => {
  const { rows } = check('1,2,forest', 'x,2,forest', 'y,2,meadow', ',2,forest', '1,2,3,4');
  expect(countFaults(rows)).toMatchObject([
    { column: 'height', kind: 'notANumber', count: 2, firstLine: 3 },
    { column: 'place', kind: 'unknownLevel', count: 1, firstLine: 4 },
    { column: 'height', kind: 'missing', count: 1, firstLine: 5 },
    { kind: 'extraCells', count: 1, firstLine: 6 },
  ]);
});
