/** The classes of the column to predict, or why it cannot be learned. */
import { DatasetError } from '../errors.ts';
import type { ColumnProfile, TableProfile } from '../profile/index.ts';
import { MAX_CLASSES, MAX_LABEL_CHARS } from '../schema-document.ts';
import { normalized } from '../table/columns.ts';
import { isLabel, mergeEqual } from './levels.ts';
import { isNumeric, type MissingTexts } from './missing-cells.ts';
import { compareNaturally } from './natural-order.ts';

/** Numbers up to so many different ones may be classes, such as marks. */
const FEW_NUMBERS = 20;
const MAX_NUMBERS = 100;
/** Of a quantity each value has few rows. */
const MIN_ROWS_OF_CLASS = 20;
const SHOWN_NAMES = 12;
const SHOWN_CHARS = 60;
/** Shorter names are all alike. */
const MAX_SHORT_CHARS = 2;

/** Classes in natural order, with the rows of each. */
export type Classes = ReadonlyMap<string, number>;

/**
 * Finds the target among the columns of a file.
 *
 * @throws DatasetError `DATASET_TARGET_UNSUITABLE` when it is not there, or several times.
 */
export function findTarget({ columns }: TableProfile, target: string): ColumnProfile {
  const wanted = normalized(target.trim());
  const found = columns.find(({ name }) => normalized(name) === wanted);
  if (found) return found;
  const repeated = columns.filter(({ header }) => normalized(header.trim()) === wanted).map(({ name }) => name);
  if (repeated.length > 0) {
    throw unsuitable(target, `the header has this column ${repeated.length} times: say ${quoted(repeated).join(' or ')}`);
  }
  const names = columns.map(({ name }) => name);
  const near = names.filter((name) => isNear(name, wanted));
  const hint = near.length > 0 ? `did you mean ${quoted(near).join(' or ')}?` : `it has ${listed(names)}`;
  throw unsuitable(target, `the header lacks this column; ${hint}`);
}

/**
 * Lists the classes.
 *
 * @throws DatasetError `DATASET_TARGET_UNSUITABLE` when nothing can be learned: a quantity, fewer than two classes, a class of one row.
 */
export function classesOf(column: ColumnProfile, missingTexts: MissingTexts): Classes {
  const { name, summary, tokens } = column;
  if (isQuantity(column)) {
    throw unsuitable(
      name,
      `has ${summary.isComplete ? '' : 'about '}${summary.distinct} different numbers: this looks like a regression, which Iris does not do. ` +
        'Make classes of it in a column of its own, such as low, middle and high, and leave this one out of the file',
    );
  }
  const counts = mergeEqual([...summary.counts, ...tokens].filter(([text]) => !missingTexts.has(text)));
  if (!summary.isComplete || counts.size > MAX_CLASSES) {
    throw unsuitable(name, `has more than ${MAX_CLASSES} classes; is it the column to predict?`);
  }
  requireClasses(name, counts);
  return new Map([...counts].sort(([first], [second]) => compareNaturally(first, second)));
}

function requireClasses(target: string, counts: ReadonlyMap<string, number>): void {
  const names = [...counts.keys()];
  const odd = names.find((label) => !isLabel(label));
  if (odd !== undefined) {
    const shown = JSON.stringify(odd.slice(0, SHOWN_CHARS));
    throw unsuitable(
      target,
      `no class can be called ${shown}: it has several lines, more than ${MAX_LABEL_CHARS} characters, or a meaning in JSON`,
    );
  }
  if (names.length === 0) throw unsuitable(target, 'is missing in every row');
  if (names.length === 1)
    throw unsuitable(target, `is ${JSON.stringify(names[0])} in every row: with one class there is nothing to learn`);
  const single = names.filter((label) => counts.get(label) === 1);
  if (single.length === 0) return;
  throw unsuitable(
    target,
    `${single.length === 1 ? 'a class has' : 'some classes have'} one row only: ${listed(single)}. A class needs two rows: ` +
      'one to learn from and one to test with. Leave such rows out, or join them to another class',
  );
}

function isQuantity(column: ColumnProfile): boolean {
  const { numbers, summary, values } = column;
  if (!isNumeric(column) || summary.distinct <= FEW_NUMBERS) return false;
  const isWhole = numbers.integers === numbers.count;
  return !isWhole || summary.distinct > MAX_NUMBERS || summary.distinct * MIN_ROWS_OF_CLASS > values;
}

function unsuitable(target: string, detail: string): DatasetError {
  return new DatasetError('DATASET_TARGET_UNSUITABLE', [{ where: target, detail }]);
}

function quoted(names: readonly string[]): string[] {
  return names.map((name) => JSON.stringify(name));
}

function listed(names: readonly string[]): string {
  const shown = quoted(names.slice(0, SHOWN_NAMES)).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}

/** Letters alone are compared, and one may be wrong, missing or too many. */
function isNear(name: string, wanted: string): boolean {
  const [first, second] = [bare(name), bare(wanted)];
  if (first === second) return true;
  if (first.length <= MAX_SHORT_CHARS || second.length <= MAX_SHORT_CHARS) return false;
  if (first.includes(second) || second.includes(first)) return true;
  let start = 0;
  while (start < first.length && first[start] === second[start]) start++;
  let end = 0;
  while (end < Math.min(first.length, second.length) - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  return Math.max(first.length, second.length) - start - end <= 1;
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
