/** One column of a table in numbers, from its cells one after the other. */
import type { Separator } from '../table/records.ts';
import { createDateTaker, type DateReading } from './date-column.ts';
import { mayBeMissing } from './missing-tokens.ts';
import { createNumberTaker, type NumberSummary } from './number-column.ts';
import { createValueCounter, type ValueSummary } from './value-counts.ts';

/** What is known of a column. Cells are either empty, a text that may stand for a missing value, or a value. */
export interface ColumnProfile {
  /** By which the file's columns are found: see `namesOf`. */
  readonly name: string;
  /** As it stands in the header. */
  readonly header: string;
  /** From 0. */
  readonly position: number;
  readonly empty: number;
  /** How often each text occurs that may stand for a missing value. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Whether one of these stands without quotes. */
  readonly hasPlainTokens: boolean;
  /** How many cells are values. */
  readonly values: number;
  /** How many of the values stand in quotes. */
  readonly quoted: number;
  readonly numbers: NumberSummary;
  readonly dates: readonly DateReading[];
  readonly summary: ValueSummary;
  /** Means over the values that are no numbers. */
  readonly text: { readonly meanLength: number; readonly meanWords: number };
}

/** Takes the cells of one column. */
export interface ColumnTaker {
  add(cell: string, line: number, isQuoted: boolean): void;
  profile(): ColumnProfile;
}

/**
 * Makes a taker.
 *
 * @param given texts that stand for a missing value in this file, besides those that are known.
 * @param maxCounted up to how many different values each is counted.
 */
export function createColumnTaker(
  { name, header, position }: Pick<ColumnProfile, 'name' | 'header' | 'position'>,
  separator: Separator,
  given: ReadonlySet<string>,
  maxCounted: number,
): ColumnTaker {
  const [numbers, dates, counter] = [createNumberTaker(separator), createDateTaker(), createValueCounter(maxCounted)];
  const tokens = new Map<string, number>();
  let hasPlainTokens = false;
  let [empty, values, quoted, others, chars, words] = [0, 0, 0, 0, 0, 0];
  return {
    add(cell, line, isQuoted) {
      if (cell.trim() === '') {
        empty++;
      } else if (mayBeMissing(cell) || given.has(cell)) {
        tokens.set(cell, (tokens.get(cell) ?? 0) + 1);
        if (!isQuoted) hasPlainTokens = true;
      } else {
        values++;
        if (isQuoted) quoted++;
        dates.add(cell);
        if (!numbers.add(cell, line)) {
          others++;
          chars += cell.length;
          words += wordsOf(cell);
        }
        counter.add(cell, others > 0);
      }
    },
    profile: () => ({
      name,
      header,
      position,
      empty,
      tokens,
      hasPlainTokens,
      values,
      quoted,
      numbers: numbers.summary(),
      dates: dates.readings(),
      summary: counter.summary(),
      text: { meanLength: chars / Math.max(1, others), meanWords: words / Math.max(1, others) },
    }),
  };
}

function wordsOf(text: string): number {
  let words = 1;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) === 0x20) words++;
  return words;
}
