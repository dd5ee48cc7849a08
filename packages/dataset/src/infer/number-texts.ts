/** Texts that people read as numbers, and the reader of CSV does not. */
import type { ColumnProfile } from '../profile/index.ts';

const NUMBER = String.raw`[-+]?\d[\d.,]*`;
const PATTERNS = [
  new RegExp(`^${NUMBER}$`),
  new RegExp(`^[-+]?[$€£¥] ?${NUMBER}$`),
  new RegExp(`^${NUMBER} ?[%€$£¥°]$`),
  new RegExp(`^${NUMBER} [\\p{L}²³]{1,4}$`, 'u'),
  /^[-+]?\d{1,3}(?:['\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$/,
];

/** An example of a column that has nothing but numbers with currencies, units, percent signs or separated thousands; undefined for another column. */
export function numberText({ summary }: ColumnProfile): string | undefined {
  const texts = [...summary.counts.keys()];
  if (!texts.every((text) => PATTERNS.some((pattern) => pattern.test(text)))) return undefined;
  return texts.find((text) => !/^[-+]?\d+(?:\.\d+)?$/.test(text));
}
