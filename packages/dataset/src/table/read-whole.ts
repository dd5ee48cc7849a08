/** Reads a file that is in memory as a whole. */
import type { TableReader, TableRow } from './table-reader.ts';

/** Read at once, so that a large file is never one string. */
const CHUNK_BYTES = 1 << 20;

/**
 * All rows of the file.
 *
 * @throws TableError when it is no table with the wanted columns.
 */
export function readWhole(reader: TableReader, file: Uint8Array): TableRow[] {
  const parts: TableRow[][] = [];
  for (let at = 0; at < file.length; at += CHUNK_BYTES) parts.push(reader.read(file.subarray(at, at + CHUNK_BYTES)));
  parts.push(reader.end());
  return parts.flat();
}
