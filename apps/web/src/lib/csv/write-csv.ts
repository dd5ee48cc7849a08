/** Writes CSV (RFC 4180) that a spreadsheet opens without running anything in it. */
import Papa from 'papaparse';

/** Null is an empty cell. */
export type Cell = string | number | null;

/**
 * What a spreadsheet takes for a formula (OWASP, "CSV Injection"), full-width signs among it; a signed number is none. Such a cell gets
 * an apostrophe before it.
 */
const FORMULA = /^(?![+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$)[=+\-@\t\r\n＝＋－＠]/;

/** The rows as text, each ended by CRLF, so that parts can be put together. */
export function writeCsv(rows: readonly (readonly Cell[])[], delimiter = ','): string {
  return `${Papa.unparse(rows as Cell[][], { delimiter, newline: '\r\n', escapeFormulae: FORMULA })}\r\n`;
}
