/** What the numbers of a column are like. */

import type { Range } from '../schema.ts';
import { createNumberReader, type DecimalSign } from '../table/numbers.ts';
import type { Separator } from '../table/records.ts';

/** A cell, and the line it is on. */
interface CellPlace {
  readonly line: number;
  readonly cell: string;
}

/** The cells of a column that are numbers. */
export interface NumberSummary {
  readonly count: number;
  /** How many have no fraction. */
  readonly integers: number;
  /** Of all numbers; both 0 where there is none. */
  readonly range: Range;
  /** Whether each is the one before plus one. */
  readonly isSequence: boolean;
  /** Whether one begins with a zero that a number would not have, such as 007. */
  readonly hasLeadingZeros: boolean;
  /** Undefined where none has a fraction. */
  readonly decimalSign: DecimalSign | undefined;
  /** The first cell that is none. */
  readonly firstOther: CellPlace | undefined;
  /** The texts that are none; undefined where they are more than a handful. */
  readonly otherTexts: ReadonlySet<string> | undefined;
}

/** Takes the cells of one column. */
export interface NumberTaker {
  /** Whether the cell is a number. */
  add(cell: string, line: number): boolean;
  summary(): NumberSummary;
}

/** A handful: words for what is not known, such as "not asked". */
const MAX_OTHER_TEXTS = 5;
const LEADING_ZERO = /^[+-]?0\d/;

/** Makes a taker; each column has its own decimal sign, as a text of another column must not decide. */
export function createNumberTaker(separator: Separator): NumberTaker {
  const reader = createNumberReader(separator);
  let [count, integers, previous] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [isSequence, hasLeadingZeros] = [true, false];
  let firstOther: CellPlace | undefined;
  const otherTexts = new Set<string>();
  return {
    add(cell, line) {
      const value = reader.read(cell);
      if (Number.isNaN(value)) {
        firstOther ??= { line, cell };
        if (otherTexts.size <= MAX_OTHER_TEXTS) otherTexts.add(cell);
        return false;
      }
      if (Number.isInteger(value)) integers++;
      if (value < min) min = value;
      if (value > max) max = value;
      if (count > 0 && value !== previous + 1) isSequence = false;
      if (!hasLeadingZeros && cell.length > 1 && LEADING_ZERO.test(cell)) hasLeadingZeros = true;
      previous = value;
      count++;
      return true;
    },
    summary: () => ({
      count,
      integers,
      range: count > 0 ? { min, max } : { min: 0, max: 0 },
      isSequence: isSequence && integers === count && count > 1,
      hasLeadingZeros,
      decimalSign: reader.decimalSign,
      firstOther,
      otherTexts: otherTexts.size <= MAX_OTHER_TEXTS ? otherTexts : undefined,
    }),
  };
}
