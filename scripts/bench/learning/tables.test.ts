import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSplit, writeTable } from './exchange.ts';
import { holdOut } from './splits.ts';
import { makeLetters, readTable } from './tables.ts';

describe('a table to learn from', () => {
  it('has numbers as they are, levels as codes, NA as missing, and no row without its class; both parts of a split come back from bytes', () => {
    const directory = mkdtempSync(join(tmpdir(), 'iris-bench-tables-'));
    try {
      const lines = ['"species","island","mass"', '"B","x",1.5', '"A",NA,2', 'NA,"x",3', '"A","y, z",NA', '"B","x",4'];
      writeFileSync(join(directory, 'penguins.csv'), `${lines.join('\n')}\n`);
      const table = readTable(directory, 'penguins');
      expect(table).toMatchObject({ levelCounts: [2, 0], classCount: 2, labels: Int32Array.of(1, 0, 0, 1) });
      expect(table.columns.map((column) => [...column])).toEqual([
        [0, Number.NaN, 1, 0],
        [1.5, 2, Number.NaN, 4],
      ]);
      writeTable(join(directory, 'x'), table, [[1, 3]]);
      const { train, test } = readSplit(join(directory, 'x'), 0);
      expect([[...train.labels], [...test.labels]]).toEqual([
        [1, 0],
        [0, 1],
      ]);
      expect([...train.columns[1]!]).toEqual([1.5, Number.NaN]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('can be made: the same each time, 20,000 rows of 26 classes', () => {
    const { columns, labels, classCount } = makeLetters();
    expect([columns.length, labels.length, classCount]).toEqual([16, 20_000, 26]);
    expect(makeLetters().columns[3]).toEqual(columns[3]);
  });
});

describe('rows held out', () => {
  const labels = Int32Array.from({ length: 100 }, (_, row) => (row < 4 ? 2 : row % 2));

  it('are a quarter of each class, the same for a seed', () => {
    const held = holdOut(labels, 3, 1);
    expect([0, 1, 2].map((label) => held.filter((row) => labels[row] === label).length)).toEqual([12, 12, 1]);
    expect(held).toEqual([...new Set(held)].sort((a, b) => a - b));
    expect(holdOut(labels, 3, 1)).toEqual(held);
    expect(holdOut(labels, 3, 2)).not.toEqual(held);
  });
});
