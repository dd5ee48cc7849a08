/** What the whole file says about each of its columns. */
import type { ColumnProfile, TableProfile } from '../profile/index.ts';
import type { DecimalSign } from '../table/numbers.ts';
import { isNumeric } from './missing-cells.ts';

/** What holds for a whole file. */
export interface Circumstances {
  readonly decimalSign: DecimalSign;
  /** Whether the file's writer put texts into quotes and numbers not: then digits in quotes were a text for it. */
  readonly quotesTextsOnly: boolean;
  /** Whether 3/4/2026 is rather the third of April: as other dates of the file say, or else decimal commas or semicolons. */
  readonly isDayFirst: boolean;
}

/** Finds them. */
export function circumstancesOf({ columns, format }: TableProfile): Circumstances {
  const numeric = columns.filter(isNumeric);
  const decimalSign = countOf(numeric, ',') > countOf(numeric, '.') ? ',' : '.';
  return {
    decimalSign,
    quotesTextsOnly: quotesTextsOnly(columns),
    isDayFirst: certainOrder(columns) ?? (decimalSign === ',' || format.separator === ';'),
  };
}

/** Whether the day stands first in the dates that can be read in one way only; undefined where there are none, or of both kinds. */
function certainOrder(columns: readonly ColumnProfile[]): boolean | undefined {
  const certain = columns.filter(({ dates }) => dates.length === 1).map(({ dates }) => dates[0]!.format);
  const [isDayFirst, isMonthFirst] = [certain.includes('dd/mm/yyyy'), certain.includes('mm/dd/yyyy')];
  return isDayFirst === isMonthFirst ? undefined : isDayFirst;
}

/** As R writes tables, and Python with `QUOTE_NONNUMERIC`: no text is without quotes, and something else is. */
function quotesTextsOnly(columns: readonly ColumnProfile[]): boolean {
  const texts = columns.filter(({ values, numbers }) => values > numbers.count);
  const isPlain = (column: ColumnProfile) => column.hasPlainTokens || (isNumeric(column) && column.quoted === 0);
  return texts.every(({ quoted, values }) => quoted === values) && columns.some(isPlain);
}

function countOf(columns: readonly ColumnProfile[], sign: DecimalSign): number {
  return columns.reduce((sum, { numbers }) => sum + (numbers.decimalSign === sign ? numbers.count : 0), 0);
}
