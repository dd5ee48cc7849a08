/** Which texts of a table stand for a missing value. */
import type { ColumnProfile, TableProfile } from '../profile/index.ts';
import { isSureToken } from '../profile/missing-tokens.ts';
import { MAX_LEVELS, MAX_TOKEN_CHARS } from '../schema-document.ts';
import { isLabel } from './levels.ts';

/** So many words are codes of two letters, such as those of countries, where NA is one. */
const MIN_LETTER_CODES = 20;
/** A word among numbers is what stands for a missing one, if there are few such cells. */
const MIN_NUMBER_SHARE = 0.9;
/** So few are slips, whatever they say, in a column of so many different numbers. */
const MIN_SLIP_SHARE = 0.99;
const MIN_DIFFERENT_NUMBERS = 20;

/** Whether a column's values are numbers, but for words that stand for a missing one. */
export function isNumeric({ numbers, values }: ColumnProfile): boolean {
  return numbers.count > 0 && numbers.count === values;
}

/** Texts that stand for a missing value in a column, with how often they occur. */
export type MissingTexts = ReadonlyMap<string, number>;

/**
 * Decides for each column.
 *
 * `?`, `NA` and their like are missing values wherever they stand. A dash, a point and `none` may be a level: they are missing among numbers
 * and dates, and among texts only where another column of the file has the same text among its numbers or dates. A few words without a digit
 * among numbers are missing too, and any slip in a hundred of them.
 */
export function createMissingRule({ columns, missingGiven }: TableProfile): (column: ColumnProfile) => MissingTexts {
  const given = new Set(missingGiven);
  const proven = new Set(columns.filter(isMeasured).flatMap(({ tokens }) => [...tokens.keys()]));

  function isMissing(text: string, column: ColumnProfile): boolean {
    if (given.has(text) || isMeasured(column) || proven.has(text)) return true;
    if (isSureToken(text)) return !(text === 'NA' && hasLetterCodes(column));
    // Nobody could list it as a level there.
    return column.values === 0 || column.summary.distinct > MAX_LEVELS;
  }

  return (column) => new Map([...[...column.tokens].filter(([text]) => isMissing(text, column)), ...strayWords(column)]);
}

function isMeasured(column: ColumnProfile): boolean {
  return isNumeric(column) || column.dates.length > 0 || strayWords(column).length > 0;
}

/** Words and slips among numbers, with how often they occur. */
function strayWords({ numbers, values, summary }: ColumnProfile): (readonly [text: string, count: number])[] {
  const { count, otherTexts } = numbers;
  if (!otherTexts || count === values || count < MIN_NUMBER_SHARE * values) return [];
  const words = [...otherTexts];
  const areSlips = count >= MIN_SLIP_SHARE * values && summary.distinct > MIN_DIFFERENT_NUMBERS;
  const mayBeLevels = !areSlips && words.some((word) => /\d/.test(word));
  if (words.some((word) => word.length > MAX_TOKEN_CHARS || !isLabel(word))) return [];
  return mayBeLevels ? [] : words.map((word) => [word, summary.counts.get(word) ?? 1]);
}

function hasLetterCodes({ summary, tokens }: ColumnProfile): boolean {
  const codes = [...summary.counts.keys()].filter((text) => /^[A-Z]{2}$/.test(text));
  const greatest = Math.max(...summary.counts.values());
  return codes.length >= MIN_LETTER_CODES && codes.length === summary.counts.size && tokens.get('NA')! <= greatest;
}
