/** How a table goes to both learners: a folder with bytes that typed arrays and numpy read alike. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LearningTable } from './tables.ts';

/** Sizes of a table, and the rows that are held out in each split. */
export interface TableMeta {
  readonly name: string;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly classCount: number;
  readonly levelCounts: readonly number[];
  /** Row indexes, ascending. */
  readonly heldOut: readonly (readonly number[])[];
}

/** A part of a table. */
export interface TablePart {
  readonly columns: readonly Float64Array[];
  readonly labels: Int32Array;
}

/** Writes `meta.json`, `columns.f64` (column-major) and `labels.i32` to a folder. */
export function writeTable(directory: string, table: LearningTable, heldOut: readonly (readonly number[])[]): void {
  mkdirSync(directory, { recursive: true });
  const { name, columns, labels, classCount, levelCounts } = table;
  const meta: TableMeta = { name, rowCount: labels.length, columnCount: columns.length, classCount, levelCounts, heldOut };
  writeFileSync(join(directory, 'meta.json'), JSON.stringify(meta));
  writeFileSync(join(directory, 'columns.f64'), Buffer.concat(columns.map((column) => new Uint8Array(column.buffer))));
  writeFileSync(join(directory, 'labels.i32'), new Uint8Array(labels.buffer));
}

/** Reads the two parts of a split. */
export function readSplit(directory: string, split: number): { meta: TableMeta; train: TablePart; test: TablePart } {
  const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as TableMeta;
  const values = new Float64Array(new Uint8Array(readFileSync(join(directory, 'columns.f64'))).buffer);
  const labels = new Int32Array(new Uint8Array(readFileSync(join(directory, 'labels.i32'))).buffer);
  const columns = Array.from({ length: meta.columnCount }, (_, column) =>
    values.subarray(column * meta.rowCount, (column + 1) * meta.rowCount),
  );
  const held = new Set(meta.heldOut[split]);
  const take = (isHeld: boolean): TablePart => ({
    columns: columns.map((column) => column.filter((_, row) => held.has(row) === isHeld)),
    labels: labels.filter((_, row) => held.has(row) === isHeld),
  });
  return { meta, train: take(false), test: take(true) };
}
