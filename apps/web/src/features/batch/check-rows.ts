/** Holds the rows of a file against the dataset's schema: which can be scored, and what is wrong with the others. */
import type { DatasetSchema, Feature, FeatureValue, Instance } from '../../lib/api/types.ts';
import type { Table, TableRow } from './table.ts';

/** What can be wrong with a cell; `decimalComma` is a number that could as well be meant otherwise. */
type CellFault = 'missing' | 'notANumber' | 'decimalComma' | 'implausible' | 'unknownLevel';
/** What can be wrong with a whole row: more cells than columns, or quotes that cannot be understood. */
type RowFault = 'extraCells' | 'misquoted';

/** One thing that is wrong; without a column it is the whole row. */
export type Fault =
  | { readonly column: string; readonly kind: CellFault }
  | { readonly column?: undefined; readonly kind: RowFault };

/** Sign between whole number and fraction. */
export type DecimalSign = '.' | ',';

/** A row and what is wrong with it. */
export interface CheckedRow extends TableRow {
  readonly faults: readonly Fault[];
}

/** A checked file. */
export interface CheckedTable {
  readonly rows: readonly CheckedRow[];
  readonly decimalSign: DecimalSign;
  /** A row that has no fault, as the API takes it. */
  readonly toInstance: (row: CheckedRow) => Instance;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;
/** The caller's own name of a prediction, which the API takes beside the features. */
const REQUEST_ID = 'request_id';

interface Column {
  readonly feature: Feature;
  readonly index: number;
}

/** Checks every cell of every feature; other columns are left alone. */
export function checkRows(table: Table, schema: DatasetSchema): CheckedTable {
  const columns = schema.features.map((feature) => ({ feature, index: table.header.indexOf(feature.name) }));
  const decimalSign = decimalSignOf(table, columns);
  const rows = table.rows.map((row) => ({ ...row, faults: faultsOf(row, table.header.length, columns, decimalSign) }));
  const idIndex = table.header.indexOf(REQUEST_ID);
  return {
    rows,
    decimalSign,
    toInstance({ cells }) {
      const values = columns.map(({ feature, index }) => [feature.name, readValue(feature, cells[index]!, decimalSign)] as const);
      const id = cells[idIndex];
      return Object.fromEntries(id ? [...values, [REQUEST_ID, id]] : values);
    },
  };
}

/**
 * Decimal commas are taken as such where they cannot mean anything else: between other separators than commas, in a file whose numbers
 * have no decimal point anywhere. Elsewhere `1,234` may be 1.234 or 1234, and is a fault.
 */
function decimalSignOf({ rows, delimiter }: Table, columns: readonly Column[]): DecimalSign {
  if (delimiter === ',') return '.';
  const numeric = columns.filter(({ feature }) => feature.kind === 'numeric');
  let hasComma = false;
  for (const { cells } of rows) {
    for (const { index } of numeric) {
      if (cells[index]?.includes('.')) return '.';
      hasComma ||= COMMA_NUMBER.test(cells[index] ?? '');
    }
  }
  return hasComma ? ',' : '.';
}

function faultsOf(row: TableRow, width: number, columns: readonly Column[], sign: DecimalSign): readonly Fault[] {
  if (row.misquoted) return [{ kind: 'misquoted' }];
  // Separators at the end of a line make empty cells that nobody meant.
  if (row.cells.slice(width).some((cell) => cell !== '')) return [{ kind: 'extraCells' }];
  const faults: Fault[] = [];
  for (const { feature, index } of columns) {
    const kind = cellFault(feature, row.cells[index] ?? '', sign);
    if (kind) faults.push({ column: feature.name, kind });
  }
  return faults;
}

function cellFault(feature: Feature, cell: string, sign: DecimalSign): CellFault | undefined {
  if (cell === '') return 'missing';
  if (feature.kind === 'categorical') return feature.levels.includes(cell) ? undefined : 'unknownLevel';
  const value = readValue(feature, cell, sign) as number;
  if (Number.isNaN(value)) return COMMA_NUMBER.test(cell) ? 'decimalComma' : 'notANumber';
  return value >= feature.plausible.min && value <= feature.plausible.max ? undefined : 'implausible';
}

function readValue(feature: Feature, cell: string, sign: DecimalSign): FeatureValue {
  if (feature.kind === 'categorical') return cell;
  const text = sign === ',' && COMMA_NUMBER.test(cell) ? cell.replace(',', '.') : cell;
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}
