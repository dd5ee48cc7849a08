/** Reads a file that is in memory as a whole. */
import type { TableReader, TableRow } from './table-reader.ts';

/** Read at once: neither the text of a large file is one string, nor are its rows in memory together where they are taken one after the other. */
const PART_BYTES = 65_536;

/**
 * Yields the rows of each part of the file.
 *
 * @throws TableError when it is no table with the wanted columns.
 */
export function* readInParts(reader: TableReader, file: Uint8Array): Generator<TableRow[]> {
  for (let at = 0; at < file.length; at += PART_BYTES) yield reader.read(file.subarray(at, at + PART_BYTES));
  yield reader.end();
}
