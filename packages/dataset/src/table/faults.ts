/** What can be wrong with a row, in words. */
import type { DateFormat } from '../schema.ts';
import type { TableColumn } from './columns.ts';
import { MAX_LINE_CHARS } from './lines.ts';
import type { RecordFault } from './records.ts';

/** What can be wrong with a cell. `undecoded`: the file's encoding breaks off there. */
export type CellFaultKind =
  | 'missing'
  | 'notANumber'
  | 'tooLarge'
  | 'decimalComma'
  | 'decimalPoint'
  | 'unknownLevel'
  | 'notADate'
  | 'undecoded'
  | 'notText';

/** What can be wrong with a whole row. */
type RowFaultKind = RecordFault['kind'] | 'extraCells' | 'fewCells';

/** One thing that is wrong; without a column it is the whole row. */
export type TableFault =
  | { readonly column: string; readonly kind: CellFaultKind; readonly detail: string }
  | { readonly column?: undefined; readonly kind: RowFaultKind; readonly detail: string };

/** More of a cell than this helps nobody. */
const SHOWN_CHARS = 60;

/** Says why a record has no cells. */
export function recordFault(line: number, { kind, lastLine }: RecordFault): TableFault {
  return { kind, detail: describeRecord(kind, line, lastLine) };
}

function describeRecord(kind: RecordFault['kind'], line: number, lastLine: number): string {
  if (kind === 'misquoted') return 'is not CSV: its quotes cannot be understood';
  if (kind === 'unclosed') return 'is not CSV: a quote is not closed';
  const detail = `is longer than ${MAX_LINE_CHARS} characters`;
  return line === lastLine ? detail : `${detail} and goes on to line ${lastLine}: is a quote not closed?`;
}

/** What is wrong with a row that has other cells than the header; more that are all empty are fine. */
export function widthFault(cells: readonly string[], header: number): TableFault | undefined {
  if (cells.length === header) return undefined;
  const isFine = cells.length > header && !cells.some((cell, index) => index >= header && cell !== '');
  return isFine ? undefined : describeWidth(cells.length, header);
}

function describeWidth(cells: number, header: number): TableFault {
  const detail = `has ${cells} cells where the header has ${header}`;
  return cells < header
    ? { kind: 'fewCells', detail }
    : { kind: 'extraCells', detail: `${detail}: does a number have a decimal comma, or a text a separator?` };
}

/** Says that a cell holds something below a header that is empty. */
export function namelessFault(position: number): TableFault {
  return { kind: 'extraCells', detail: `has a value in column ${position}, which has no name` };
}

/** Says what is wrong with a cell. */
export function cellFault({ name, levels, format }: TableColumn, kind: CellFaultKind, cell: string): TableFault {
  return { column: name, kind, detail: describeCell(kind, cell, levels, format) };
}

/** The first of May, as each format writes it. */
const EXAMPLES: Readonly<Record<DateFormat, string>> = {
  'yyyy-mm-dd': '2026-05-01',
  'yyyy/mm/dd': '2026/05/01',
  yyyymmdd: '20260501',
  'dd.mm.yyyy': '01.05.2026',
  'dd/mm/yyyy': '01/05/2026',
  'mm/dd/yyyy': '05/01/2026',
  'dd-mm-yyyy': '01-05-2026',
};

function describeCell(
  kind: CellFaultKind,
  cell: string,
  levels: readonly string[] = [],
  format: DateFormat = 'yyyy-mm-dd',
): string {
  const shown = JSON.stringify(cell.length > SHOWN_CHARS ? `${cell.slice(0, SHOWN_CHARS)}…` : cell);
  switch (kind) {
    case 'missing':
      return 'is missing';
    case 'notANumber':
      return `${shown} is not a number`;
    case 'tooLarge':
      return `${shown} is too large for a number`;
    case 'decimalComma':
      return `${shown} has a decimal comma, or separates thousands: write it with a decimal point`;
    case 'decimalPoint':
      return `${shown} has a decimal point where the numbers before have decimal commas`;
    case 'unknownLevel':
      return `${shown} is none of ${levels.join(', ')}`;
    case 'notADate':
      return `${shown} is no date such as ${EXAMPLES[format]}`;
    case 'undecoded':
      return `${shown} is not UTF-8, as the text before is`;
    case 'notText':
      return 'holds a zero character: this is not text';
  }
}
