/** Parts the rows of a node. */
import type { BinnedColumns } from './bin.ts';

/**
 * Moves the rows that go left to the front of their part of `rowIds`.
 *
 * @returns the first place of the rows that go right.
 */
export function partitionRows(
  { codes, rowCount, binCounts }: BinnedColumns,
  rowIds: Int32Array,
  start: number,
  end: number,
  column: number,
  bin: number,
  missingLeft: boolean,
): number {
  const base = column * rowCount;
  const missing = binCounts[column]!;
  let left = start;
  let right = end - 1;
  while (left <= right) {
    const row = rowIds[left]!;
    const code = codes[base + row]!;
    if (code === missing ? missingLeft : code <= bin) left += 1;
    else {
      rowIds[left] = rowIds[right]!;
      rowIds[right] = row;
      right -= 1;
    }
  }
  return left;
}
