/** What a column of texts is: a category, an identifier, or free text. */
import type { ColumnProfile } from '../profile/index.ts';
import { MAX_LEVELS } from '../schema-document.ts';
import { levelsDraft } from './levels.ts';
import { namesIdentifier } from './names.ts';
import { numberText } from './number-texts.ts';
import type { Draft } from './types.ts';

/** Fewer different texts are levels, however many rows there are. */
const MIN_TEXTS = 20;
/** Of texts that are mostly different nothing is learned. */
const MAX_DISTINCT_SHARE = 0.5;
const FREE_TEXT_WORDS = 5;
const FREE_TEXT_CHARS = 60;
const MIN_NUMBER_SHARE = 0.9;
const SHOWN_CHARS = 60;

/**
 * Decides. The column has at least two different values that are neither all numbers nor all dates.
 *
 * @param tokens texts that were taken for levels, though they may stand for a missing value.
 * @param kind what its levels are called.
 */
export function textDraft(column: ColumnProfile, tokens: ReadonlyMap<string, number>, kind = 'texts'): Draft {
  const { summary, values, numbers, name } = column;
  const { distinct } = summary;
  const isManyValued = distinct > MIN_TEXTS && distinct > MAX_DISTINCT_SHARE * values;
  const isFreeText = column.text.meanWords >= FREE_TEXT_WORDS || column.text.meanLength >= FREE_TEXT_CHARS;
  const written = distinct > MIN_TEXTS ? numberText(column) : undefined;
  if (written !== undefined && !numbers.hasLeadingZeros) return leftOut(writtenReason(written));
  if (distinct > MIN_TEXTS && areNumbersWithOthers(column)) return leftOut(strayReason(column));
  if (isFreeText && (isManyValued || distinct > MAX_LEVELS)) {
    return leftOut(`free text, ${Math.round(column.text.meanWords)} words on average`);
  }
  if (distinct > MIN_TEXTS && !summary.hasRepeats) return leftOut('an identifier: each row has a value of its own');
  if (isManyValued) return leftOut(`nearly an identifier: ${atMost(distinct, values)} different values in ${values} rows`);
  if (distinct > MAX_LEVELS && namesIdentifier(name)) return leftOut('an identifier, by its name');
  return levelsDraft(column, distinct + tokens.size === 2 ? 'two values' : kind, tokens);
}

/** Codes that begin with a letter, such as V57 among 401, are texts. */
function areNumbersWithOthers({ numbers, values }: ColumnProfile): boolean {
  const { count, firstOther } = numbers;
  return firstOther !== undefined && count >= MIN_NUMBER_SHARE * values && !/^\p{L}/u.test(firstOther.cell);
}

function writtenReason(example: string): string {
  return `numbers that are written as ${JSON.stringify(example.slice(0, SHOWN_CHARS))}: write them with digits and a decimal sign alone`;
}

function strayReason({ numbers, values }: ColumnProfile): string {
  const { line, cell } = numbers.firstOther!;
  const share = Math.floor((100 * numbers.count) / values);
  return `${share} % of it are numbers, but not ${JSON.stringify(cell.slice(0, SHOWN_CHARS))} on line ${line}: mend the others, or name them with --missing`;
}

/** An estimate may exceed what there can be. */
function atMost(distinct: number, values: number): number {
  return Math.min(distinct, values);
}

function leftOut(reason: string): Draft {
  return { leftOut: true, reason };
}
