/** Numbers as files write them: with a decimal point, or with decimal commas throughout. */
import type { Separator } from './records.ts';

/** Sign between whole number and fraction. */
export type DecimalSign = '.' | ',';

/** Why a cell is no number. `decimalComma`, `decimalPoint`: the file's other numbers, or its separator, say otherwise. */
type NumberFault = 'notANumber' | 'tooLarge' | 'decimalComma' | 'decimalPoint';

/** Reads the numbers of one file, in their order. */
export interface NumberReader {
  /** The value, or NaN. */
  read(cell: string): number;
  /** Why `read` gave NaN. */
  faultOf(cell: string): NumberFault;
  /** Undefined while no number had a fraction. */
  readonly decimalSign: DecimalSign | undefined;
}

const COMMA_NUMBER = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;
const POINT_NUMBER = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** As English groups thousands: 1,234 may be 1234 or 1.234. */
const MAY_BE_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;
/** U+2212, which some countries' spreadsheets write. */
const MINUS = '\u2212';

/**
 * Makes a reader.
 *
 * A number has digits, at most one decimal sign, and perhaps an exponent: `5`, `-5.1`, `.5`, `+1e-3`. The first number with a fraction decides
 * the file's decimal sign, and those with the other sign are none. Between commas, `1,234` does not decide: it may be a thousand.
 * `0x1F`, `1_000`, `1 000`, `Infinity` and `NaN` are no numbers.
 */
export function createNumberReader(separator: Separator): NumberReader {
  let sign: DecimalSign | undefined;

  function readPlain(text: string, value: number): number {
    if (sign === '.') return value;
    if (!text.includes('.')) return value;
    if (sign === ',') return Number.NaN;
    sign = '.';
    return value;
  }

  function readOther(text: string): number {
    if (text.startsWith(MINUS)) return read(`-${text.slice(1)}`);
    if (sign === '.' || !COMMA_NUMBER.test(text)) return Number.NaN;
    if (sign === undefined && separator === ',' && MAY_BE_THOUSANDS.test(text)) return Number.NaN;
    const value = Number(text.replace(',', '.'));
    if (!Number.isFinite(value)) return Number.NaN;
    sign = ',';
    return value;
  }

  function read(cell: string): number {
    const text = cell.trim();
    const value = text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) && !hasRadix(text) ? readPlain(text, value) : readOther(text);
  }

  return {
    read,
    faultOf(cell) {
      const text = cell.trim().replace(MINUS, '-');
      if (COMMA_NUMBER.test(text)) return Number.isFinite(Number(text.replace(',', '.'))) ? 'decimalComma' : 'tooLarge';
      if (sign === ',' && POINT_NUMBER.test(text)) return 'decimalPoint';
      return /^[+-]?\d/.test(text) && Math.abs(Number(text)) === Number.POSITIVE_INFINITY ? 'tooLarge' : 'notANumber';
    },
    get decimalSign() {
      return sign;
    },
  };
}

/** `0x1F`, `0b1`, `0o7` are numbers of program texts. */
function hasRadix(text: string): boolean {
  const second = text.charCodeAt(1);
  return second > 0x39 && second !== 0x45 && second !== 0x65;
}
