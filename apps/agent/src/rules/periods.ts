/** Spans of time in words: "since yesterday", "les 7 derniers jours", "entre le 2026-11-01 et le 2026-11-15". */
import { plain } from '../turn/language.ts';

/** ISO 8601; without `to` the span reaches to now. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
}

const DAY_MS = 86_400_000;
const UNIT_MS: readonly (readonly [RegExp, number])[] = [
  [/^(?:minutes?|min)$/, 60_000],
  [/^(?:hours?|heures?|h)$/, DAY_MS / 24],
  [/^(?:days?|jours?|j|d)$/, DAY_MS],
  [/^(?:weeks?|semaines?)$/, 7 * DAY_MS],
  [/^(?:months?|mois)$/, 30 * DAY_MS],
  [/^(?:years?|ans?|annees?)$/, 365 * DAY_MS],
];
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  one: 1,
  un: 1,
  une: 1,
  a: 1,
  two: 2,
  deux: 2,
  three: 3,
  trois: 3,
  four: 4,
  quatre: 4,
  five: 5,
  cinq: 5,
  six: 6,
  seven: 7,
  sept: 7,
  ten: 10,
  dix: 10,
  twelve: 12,
  douze: 12,
  thirty: 30,
  trente: 30,
};
const UNIT = `(minutes?|min|hours?|heures?|h|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|annees?)`;
const AMOUNT = String.raw`(\d{1,4}|${Object.keys(NUMBER_WORDS).join('|')})`;
const SPAN = new RegExp(
  String.raw`\b(?:last|past|previous|dernier|derniers|derniere|dernieres|depuis|for|pendant|sur|within)\s+(?:les\s+|the\s+)?(?:${AMOUNT}\s+)?(?:last\s+|past\s+|dernier\w*\s+)?${UNIT}\b|\b${AMOUNT}\s+(?:dernier\w*\s+)?${UNIT}\b`,
);
const LATER_FRENCH = /\b(semaine|mois|annee)\s+(?:derniere?|passee?)\b/;
const ISO = /\b\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d))?/g;
const MONTHS = [
  'jan',
  'feb|fev',
  'mar',
  'apr|avr',
  'may|mai',
  'june?|juin',
  'july?|juil',
  'aug|aout',
  'sep',
  'oct',
  'nov',
  'dec',
];
const MONTH = `((?:${MONTHS.join('|')})[a-z]*)`;
const MONTH_FIRST = new RegExp(String.raw`\b${MONTH} (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`, 'g');
const DAY_FIRST = new RegExp(String.raw`\b(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?${MONTH},? (\d{4})\b`, 'g');
const WEEKDAYS = [
  'sunday|dimanche',
  'monday|lundi',
  'tuesday|mardi',
  'wednesday|mercredi',
  'thursday|jeudi',
  'friday|vendredi',
  'saturday|samedi',
];

/** Reads the span that a text names; empty where it names none. */
export function readPeriod(text: string, now: Date): Period {
  const words = plain(text);
  return readDates(words) ?? readDay(words, now) ?? readThis(words, now) ?? readSpan(words, now) ?? {};
}

function readDates(words: string): Period | undefined {
  const [first, second] = (isoDates(words).match(ISO) ?? []).map((date) => date.toUpperCase());
  if (first === undefined) return undefined;
  if (second !== undefined) return { from: first, to: second };
  return /\b(?:until|before|up to|jusqu\w*|avant)\b/.test(words) ? { to: first } : { from: first };
}

/** Dates with the name of a month, rewritten as ISO 8601: "March 1, 2025", "1er mars 2025". */
function isoDates(words: string): string {
  return words
    .replace(MONTH_FIRST, (_, month: string, day: string, year: string) => isoDate(day, month, year))
    .replace(DAY_FIRST, (_, day: string, month: string, year: string) => isoDate(day, month, year));
}

function isoDate(day: string, name: string, year: string): string {
  const month = MONTHS.findIndex((names) => new RegExp(`^(?:${names})`).test(name)) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function readDay(words: string, now: Date): Period | undefined {
  const today = midnight(now);
  if (/\b(?:day before yesterday|avant-hier|avant hier)\b/.test(words)) return span(words, today - 2 * DAY_MS);
  if (/\b(?:yesterday|hier)\b/.test(words)) return span(words, today - DAY_MS);
  if (/\b(?:today|aujourd'?\s?hui|this morning|ce matin)\b/.test(words)) return { from: iso(today) };
  const day = WEEKDAYS.findIndex((names) => new RegExp(String.raw`\b(?:${names})\b`).test(words));
  if (day < 0) return undefined;
  const back = (now.getUTCDay() - day + 7) % 7 || 7;
  return span(words, today - back * DAY_MS);
}

/** From a day on, or that day alone. */
function span(words: string, from: number): Period {
  return /\b(?:since|from|depuis|a partir)\b/.test(words) ? { from: iso(from) } : { from: iso(from), to: iso(from + DAY_MS) };
}

function readThis(words: string, now: Date): Period | undefined {
  const today = midnight(now);
  if (/\b(?:this week|cette semaine)\b/.test(words)) return { from: iso(today - ((now.getUTCDay() + 6) % 7) * DAY_MS) };
  if (/\b(?:this month|ce mois)\b/.test(words)) return { from: iso(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)) };
  return /\b(?:this year|cette annee)\b/.test(words) ? { from: iso(Date.UTC(now.getUTCFullYear(), 0, 1)) } : undefined;
}

function readSpan(words: string, now: Date): Period | undefined {
  const match = SPAN.exec(words) ?? LATER_FRENCH.exec(words);
  if (!match) return undefined;
  const groups = match.slice(1).filter((group) => group !== undefined);
  const unit = groups.at(-1) ?? '';
  const amount = groups.length > 1 ? (groups[0] ?? '1') : '1';
  const unitMs = UNIT_MS.find(([pattern]) => pattern.test(unit))?.[1];
  return unitMs === undefined ? undefined : { from: iso(now.getTime() - (NUMBER_WORDS[amount] ?? Number(amount)) * unitMs) };
}

function midnight(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
