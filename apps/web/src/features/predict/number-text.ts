/**
 * The text of a number field as the field reads it. Keys are understood by the field itself; what comes without them (autofill, dictation,
 * paste, many phones' keyboards) it would strip of every sign but its own: `1.4` would be 14.
 */

const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+$/;
/** Thousands in groups, perhaps with a fraction: `1.234.567`, `1,234.5`. */
const GROUPED = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|\.\d{3}(?:\.\d{3})+|,\d{3}(?:,\d{3})+)$/;
const MINUS = /\u2212/g;

/**
 * Rewrites a text with the decimal sign of the page; a number that has one meaning in any language keeps it, finished or not.
 *
 * @param sign of the page.
 */
export function numberText(text: string, sign: '.' | ','): string {
  const plain = text.trim().replaceAll(MINUS, '-');
  if (SCIENTIFIC.test(plain)) return writeOut(Number(plain.replace(',', '.'))).replace('.', sign);
  if (GROUPED.test(plain)) return withoutGroups(plain).replace('.', sign);
  return plain.match(/[.,]/g)?.length === 1 ? plain.replace(/[.,]/, sign) : plain;
}

/** With a point for the fraction. */
function withoutGroups(text: string): string {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const hasFraction = text.includes('.') && text.includes(',');
  const digits = (part: string) => part.replaceAll(/[.,]/g, '');
  return hasFraction ? `${digits(text.slice(0, last))}.${text.slice(last + 1)}` : digits(text);
}

/** Without an exponent, which the field does not know. */
function writeOut(value: number): string {
  return value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
}
