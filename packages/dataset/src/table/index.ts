/** CSV as a table: see `table-reader.ts`. */
export { findColumns, normalized, type TableColumn } from './columns.ts';
export type { TableFault } from './faults.ts';
export type { DecimalSign } from './numbers.ts';
export { readInParts } from './read-in-parts.ts';
export type { Separator } from './records.ts';
export { TableError } from './table-error.ts';
export { createTableReader, type TableFormat, type TableReader, type TableRow } from './table-reader.ts';
export { decodeText } from './text-decoder.ts';
