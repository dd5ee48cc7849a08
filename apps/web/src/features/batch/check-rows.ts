/** Holds the rows of a file against the dataset's schema: which can be scored, and what is wrong with the others. */
import type { TableFault, TableRow } from '@iris/dataset/table';
import type { DatasetSchema, Feature, Instance } from '../../lib/api/types.ts';
import { REQUEST_ID, type Table } from './table.ts';

/** One thing that is wrong; without a column it is the whole row. `detail` says it in the scored file. */
export type Fault = TableFault | { readonly column: string; readonly kind: 'implausible'; readonly detail: string };

/** A row and what is wrong with it. */
export interface CheckedRow extends Omit<TableRow, 'faults'> {
  readonly faults: readonly Fault[];
}

/** A checked file. */
export interface CheckedTable {
  readonly rows: readonly CheckedRow[];
  /** A row that has no fault, as the API takes it. */
  readonly toInstance: (row: CheckedRow) => Instance;
}

/** Checks every value of every feature; other columns are left alone. */
export function checkRows({ rows }: Table, { features }: DatasetSchema): CheckedTable {
  return {
    rows: rows.map((row) => ({ ...row, faults: [...row.faults, ...implausible(row, features)] })),
    toInstance({ values }) {
      const entries = features.map(({ name }, index) => [name, values[index]!] as const);
      const id = values[features.length];
      return Object.fromEntries(id === undefined ? entries : [...entries, [REQUEST_ID, id]]);
    },
  };
}

function implausible({ values }: TableRow, features: readonly Feature[]): Fault[] {
  return features.flatMap((feature, index) => {
    const value = values[index];
    if (feature.kind !== 'numeric' || typeof value !== 'number') return [];
    const { min, max } = feature.plausible;
    if (value >= min && value <= max) return [];
    return [{ column: feature.name, kind: 'implausible' as const, detail: `is not plausible: must be from ${min} to ${max}` }];
  });
}
