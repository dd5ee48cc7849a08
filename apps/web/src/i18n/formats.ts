/** How numbers and dates look, by name: `{share, number, percent}` in a text, `format.dateTime(date, 'instant')` in code. */
import type { Formats } from 'next-intl';

/** The names. */
export const FORMATS = {
  number: {
    percent: { style: 'percent', maximumFractionDigits: 1 },
    /** A share where there is little room. */
    roundPercent: { style: 'percent', maximumFractionDigits: 0 },
    /** A figure of a test. */
    significant: { maximumSignificantDigits: 3 },
    /** What is added to a share. */
    change: { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' },
    /** Log-odds, or what is added to them. */
    score: { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' },
    milliseconds: { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 },
    microseconds: { style: 'unit', unit: 'microsecond', maximumSignificantDigits: 2 },
    kilobytes: { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 },
    /** A figure that is compared with a bound close to it. */
    precise: { minimumFractionDigits: 4, maximumFractionDigits: 4 },
    /** A measured value. */
    value: { maximumSignificantDigits: 6 },
    /** A figure of an evaluation, as precise as its standard error. */
    estimate: { minimumFractionDigits: 3, maximumFractionDigits: 3 },
  },
  dateTime: {
    instant: { dateStyle: 'medium', timeStyle: 'medium' },
  },
} as const satisfies Formats;
