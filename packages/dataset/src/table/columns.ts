/** Finds wanted columns by their names. */
import type { DateFormat } from '../schema.ts';
import { type ColumnFault, TableError } from './table-error.ts';

/** A column that is wanted: a feature, a label, or text that is taken as it is. */
export interface TableColumn {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical' | 'date' | 'text';
  /** What a categorical column may hold. */
  readonly levels?: readonly string[];
  /** The level that stands for every other text. */
  readonly other?: string;
  /** `accept`: texts that are no level are taken as they are. */
  readonly unknownLevels?: 'accept';
  /** How a column of dates is written; `yyyy-mm-dd` is read too. */
  readonly format?: DateFormat;
  /** Whether a value may be missing: then it is null. */
  readonly missing?: true;
  /** Whether the table may lack it; then a cell may be empty too. */
  readonly optional?: boolean;
}

/** Composed and decomposed letters look the same and are compared as the same (Unicode normalization form C). */
export function normalized(text: string): string {
  return text.normalize('NFC');
}

/**
 * Index of each column among the names; −1 for an optional one that is not there. Names are compared letter by letter, without the blanks
 * around them.
 *
 * @throws TableError `COLUMNS` with each column that is missing, or there twice.
 */
export function findColumns(names: readonly string[], columns: readonly TableColumn[]): number[] {
  const given = names.map((name) => normalized(name.trim()));
  const faults: ColumnFault[] = [];
  const indexes = columns.map(({ name, optional }) => {
    const wanted = normalized(name);
    const index = given.indexOf(wanted);
    if (index >= 0 && given.includes(wanted, index + 1)) {
      faults.push({ column: name, kind: 'repeated', detail: 'the header has this column twice' });
    }
    if (index < 0 && !optional) faults.push({ column: name, kind: 'missing', detail: missingDetail(wanted, given) });
    return index;
  });
  if (faults.length > 0) throw new TableError('COLUMNS', faults);
  return indexes;
}

/** Says which name was perhaps meant: no name is guessed. */
function missingDetail(wanted: string, given: readonly string[]): string {
  const similar = given.find((name) => bare(name) === bare(wanted));
  const hint = similar === undefined ? '' : `, but has ${JSON.stringify(similar)}: names are compared letter by letter`;
  return `the header lacks this column${hint}`;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]/g, '');
}
