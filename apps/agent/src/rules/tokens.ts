/** A text as words and numbers, in any usual form of a number. */
import { plain } from '../turn/language.ts';
import { withoutDates } from './periods.ts';

/** A word, a number with what stands behind it, or the end of a line or clause. */
export type Token =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | undefined }
  | { readonly kind: 'break' };

/** What looks like numbers and is none: instants, versions, telephone numbers, identifiers, ordinals. */
const NOT_NUMBERS =
  /\b\d{4}-\d\d-\d\d(?:t[\d:.]+(?:z|[+-]\d\d:\d\d)?)?|\b\d{1,2}\/\d{1,2}\/\d{2,4}\b|\bv\d+(?:\.\d+)*\b|\b\d+\.\d+\.\d+\b|(?<!\w)(?:\+\d{1,3}[ .-]?\d|0\d)(?:[ .-]?\d\d){4}\b|(?<!\w)(?:\+?1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b[0-9a-f]{8}-[0-9a-f-]{27,}\b|\b\d{1,2}[:h]\d\d\b|#\d+|\b(?!\d+-(?:mm|cm|m)\b)(?=[\w-]*[a-z])(?=[\w-]*\d)[a-z0-9]+(?:-[a-z0-9]+)+\b(?![.,]\d)|(?<![\w.,])\d{1,2}(?:\)| ?:)(?=\s)|\b\d{1,2}(?:st|nd|rd|th|ere?|e)\b/g;
const TOKEN = /(?:(?<![\d.,\w])[-+])?\d+(?:[.]\d+)?|(?<!\d)\.\d+|[a-z%°]+|[\n;,]|\.(?=\s|$)/g;
const COMMA_RUN = /(?<![\d.])\d+(?:,\d+)+(?!\.?\d)/g;
/** `millimetres`, `centimeters` and the like are written as their symbols. */
const LONG_UNIT = /\b([mcd])(?:illi|enti|eci)met(?:er|re)s?\b/g;
/** Words in brackets, whose commas end no clause. */
const ASIDE = /\([^()\d]*\)/g;
const UNIT =
  /^(?:mm|cm|dm|m|km|in|inch|inches|pouces?|po|min|mins|minute|minutes|h|hour|hours|heure|heures|s|sec|%|mois|month|months|an|ans|year|years|annee|annees|jour|jours|day|days)$/;

/**
 * Splits a text.
 *
 * @param listSize how many numbers a list of values has: it tells a list `5,3,1,0` from the decimal commas of `5,1,3,5,1,4,0,2`.
 */
export function tokenize(text: string, listSize: number): Token[] {
  const spaced = text.replace(/(\p{Ll}{2})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ');
  const words = withoutDates(plain(spaced)).replace(NOT_NUMBERS, ' ').replace(LONG_UNIT, '$1m').replace(ASIDE, flatten);
  const hasPoints = /\d\.\d/.test(words);
  const numbers = words.replace(COMMA_RUN, (run) => readCommas(run, listSize, hasPoints));
  const found = numbers.match(TOKEN) ?? [];
  const common = commonUnit(numbers);
  return found.map((part, index) => toToken(part, found[index + 1], common));
}

function flatten(aside: string): string {
  return aside.replace(/[,;.]/g, ' ');
}

function toToken(part: string, next: string | undefined, common: string | undefined): Token {
  if (/\d/.test(part)) return { kind: 'number', value: Number(part), unit: next && UNIT.test(next) ? next : common };
  return /[\n;,.]/.test(part) ? { kind: 'break' } : { kind: 'word', word: part };
}

/** A unit said once for all numbers: "in mm". */
function commonUnit(words: string): string | undefined {
  return /\b(?:in|en) (mm|cm|inches|pouces)\b/.exec(words)?.[1];
}

/** The commas of a run of digits: between numbers, or in them. */
function readCommas(run: string, listSize: number, hasPoints: boolean): string {
  const parts = run.split(',');
  const isList = hasPoints || (parts.length > 2 && parts.length % 2 === 1) || (parts.length > 2 && parts.length === listSize);
  if (isList) return parts.join(' ');
  const pairs: string[] = [];
  for (let index = 0; index < parts.length; index += 2) pairs.push(`${parts[index]}.${parts[index + 1]}`);
  return pairs.join(' ');
}
