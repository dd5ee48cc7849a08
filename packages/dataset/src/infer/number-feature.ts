/** What a column of numbers is: a quantity, a code, a date, or the number of its row. */

import { plausibleRange } from '../observed-range.ts';
import type { ColumnProfile } from '../profile/index.ts';
import { MAX_LEVELS, MAX_MAGNITUDE } from '../schema-document.ts';
import type { Circumstances } from './circumstances.ts';
import { dateDraft } from './date-feature.ts';
import { levelsDraft } from './levels.ts';
import { namesCode, namesIdentifier, unitOf } from './names.ts';
import { textDraft } from './text-feature.ts';
import type { Draft } from './types.ts';

/** Fewer rows than these are all different by chance. */
const MIN_ROWS_OF_IDENTIFIER = 20;
/** Codes such as 408, 415, 510: no counts, which begin with few digits. */
const MIN_CODE_DIGITS = 3;
const MIN_ROWS_OF_CODE = 10;
const FIRST_DAY = 19_000_101;
const LAST_DAY = 21_001_231;
const MIN_DAYS = 10;

/** Decides. The column has at least two different numbers, and nothing else but missing values. */
export function numberDraft(column: ColumnProfile, circumstances: Circumstances): Draft {
  const { numbers, summary, name } = column;
  const isWhole = numbers.integers === numbers.count;
  const hasFewValues = summary.isComplete && summary.distinct <= MAX_LEVELS;
  if (Math.max(-numbers.range.min, numbers.range.max) > MAX_MAGNITUDE) {
    return leftOut(`has numbers beyond ${MAX_MAGNITUDE}, of which no model can learn`);
  }
  if (numbers.decimalSign !== undefined && numbers.decimalSign !== circumstances.decimalSign) {
    return leftOut(
      `its numbers have a decimal "${numbers.decimalSign}", those of the other columns "${circumstances.decimalSign}"`,
    );
  }
  if (isWhole && numbers.isSequence && column.empty === 0 && column.values >= MIN_ROWS_OF_IDENTIFIER)
    return leftOut('numbers the rows');
  if (isWhole && isIdentifier(column)) return leftOut('an identifier, by its name');
  if (isWhole && summary.distinct === 2) return levelsDraft(column, 'two values');
  if (numbers.hasLeadingZeros) return textDraft(column, new Map(), 'codes: some begin with a zero');
  if (isCompactDate(column)) return dateDraft(column, circumstances);
  if (hasFewValues && circumstances.quotesTextsOnly && column.quoted === column.values) {
    return levelsDraft(column, 'codes: in quotes, as texts are in this file');
  }
  if (isWhole && hasFewValues && namesCode(name))
    return levelsDraft(column, 'codes, by the name: whole numbers that say which, not how much');
  if (isWhole && hasFewValues && areScatteredCodes(column))
    return levelsDraft(column, 'codes: few whole numbers of the same length with gaps');
  return { reason: isWhole ? 'whole numbers' : 'numbers', feature: numericFeature(column) };
}

function numericFeature({ name, numbers }: ColumnProfile) {
  const [observed, unit] = [numbers.range, unitOf(name)];
  return { kind: 'numeric', name, ...(unit !== undefined && { unit }), observed, plausible: plausibleRange(observed) } as const;
}

function leftOut(reason: string): Draft {
  return { leftOut: true, reason };
}

function isIdentifier({ name, summary, values }: ColumnProfile): boolean {
  if (!namesIdentifier(name)) return false;
  return summary.distinct > MAX_LEVELS || (!summary.hasRepeats && values >= MIN_ROWS_OF_IDENTIFIER);
}

/** Hardly any other numbers are all days of the calendar. */
function isCompactDate({ dates, numbers, summary }: ColumnProfile): boolean {
  const isRecent = numbers.range.min >= FIRST_DAY && numbers.range.max <= LAST_DAY;
  return isRecent && summary.distinct >= MIN_DAYS && dates.some(({ format }) => format === 'yyyymmdd');
}

function areScatteredCodes({ numbers: { range }, summary: { distinct, counts }, values }: ColumnProfile): boolean {
  const digits = String(range.min).length;
  if (range.min < 0 || digits < MIN_CODE_DIGITS || String(range.max).length !== digits) return false;
  const sorted = [...counts.keys()].map(Number).sort((first, second) => first - second);
  const steps = new Set(sorted.slice(1).map((value, index) => value - sorted[index]!));
  return steps.size > 1 && values >= MIN_ROWS_OF_CODE * distinct && range.max - range.min >= MIN_ROWS_OF_CODE * distinct;
}
