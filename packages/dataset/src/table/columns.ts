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

/** Longer names are cut: nobody can read them, and logs and labels have to hold them. */
export const MAX_NAME_CHARS = 500;

/** They mean something else to readers of JSON, and to tools of JSON Schema. */
export const RESERVED_NAMES: readonly string[] = ['__proto__', '$ref', '$id'];

/**
 * Names for the columns of a header, all different: their own, with blanks for line ends and other control characters and without those at
 * their ends. A name that is there twice, or none, is made of the column's position: `price (column 3)`, `column 4`; one that JSON cannot
 * have gets a word behind it: `$ref (column)`.
 */
export function namesOf(header: readonly string[]): string[] {
  const plain = header.map(plainName);
  const counts = new Map<string, number>();
  for (const name of plain) counts.set(normalized(name), (counts.get(normalized(name)) ?? 0) + 1);
  const taken = new Set(counts.keys());
  return plain.map((name, index) => {
    const isAlone = counts.get(normalized(name)) === 1;
    if (name !== '' && isAlone && !RESERVED_NAMES.includes(name)) return name;
    const position = isAlone && name !== '' ? 'column' : `column ${index + 1}`;
    let derived = name === '' ? position : `${name} (${position})`;
    while (taken.has(normalized(derived))) derived += '*';
    taken.add(normalized(derived));
    return derived;
  });
}

function plainName(name: string): string {
  const text = name.replaceAll(CONTROL_CHARACTERS, ' ').toWellFormed().trim();
  // Room for a position behind it.
  return text.length <= MAX_NAME_CHARS ? text : `${text.slice(0, MAX_NAME_CHARS - 25).toWellFormed()}…`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]+/g;

/**
 * Index of each column among the names; −1 for an optional one that is not there. Names are compared letter by letter, without the blanks
 * around them; where none fits, with those that `namesOf` gives.
 *
 * @throws TableError `COLUMNS` with each column that is missing, or there twice.
 */
export function findColumns(names: readonly string[], columns: readonly TableColumn[]): number[] {
  const given = names.map((name) => normalized(name.trim()));
  const derived = namesOf(names).map(normalized);
  const faults: ColumnFault[] = [];
  const indexes = columns.map(({ name, optional }) => {
    const wanted = normalized(name);
    const own = given.indexOf(wanted);
    const index = own < 0 ? derived.indexOf(wanted) : own;
    if (own >= 0 && given.includes(wanted, own + 1)) {
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
