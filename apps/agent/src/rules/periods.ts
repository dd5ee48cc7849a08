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
  'jan(?:uary|vier)?',
  'feb(?:ruary)?|fev(?:rier)?',
  'mar(?:ch|s)?',
  'apr(?:il)?|avr(?:il)?',
  'may|mai',
  'june?|juin',
  'july?|juil(?:let)?',
  'aug(?:ust)?|aout',
  'sept(?:ember|embre)?',
  'oct(?:ober|obre)?',
  'nov(?:ember|embre)?',
  'dec(?:ember|embre)?',
];
const MONTH = `(${MONTHS.join('|')})`;
const MONTH_FIRST = new RegExp(String.raw`\b${MONTH} (\d{1,2})(?:st|nd|rd|th)?\b(?![.,]\d)(?:,? (\d{4})\b)?`, 'g');
const DAY_FIRST = new RegExp(String.raw`(?<![\d.,])\b(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?${MONTH}\b(?:,? (\d{4})\b)?`, 'g');
/** "From the 1st to the 15th of April 2025": the month is said once. */
const DAYS = new RegExp(
  String.raw`\b(\d{1,2})(?:er|st|nd|rd|th)? (et|and|to|au|until|-) (?:le |the )?(\d{1,2}(?:er|st|nd|rd|th)?) (?:of )?${MONTH}\b`,
  'g',
);
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
  return readDates(words, now) ?? readDay(words, now) ?? readThis(words, now) ?? readSpan(words, now) ?? {};
}

/** Spans that `check-drift` knows, in hours. */
const DRIFT_SPANS = [
  ['1h', 1],
  ['6h', 6],
  ['24h', 24],
] as const;
const HOUR_MS = DAY_MS / 24;

/** The shortest span of `check-drift` that reaches back to the one that a text names, or its longest; nothing where the text names none. */
export function readDriftSpan(text: string, now: Date): { readonly last?: string } {
  const { from } = readPeriod(text, now);
  if (from === undefined) return {};
  const hours = (now.getTime() - new Date(from).getTime()) / HOUR_MS;
  return { last: DRIFT_SPANS.find(([, longest]) => hours <= longest)?.[0] ?? '7d' };
}

function readDates(words: string, now: Date): Period | undefined {
  const [first, second] = (isoDates(words, now).match(ISO) ?? []).map((date) => date.toUpperCase());
  if (first === undefined) return undefined;
  if (second !== undefined) return { from: first, to: second };
  return /\b(?:until|before|up to|jusqu\w*|avant)\b/.test(words) ? { to: first } : { from: first };
}

/** Plain text without its dates. */
export function withoutDates(words: string): string {
  return isoDates(words, new Date(0)).replace(ISO, ' ');
}

/** Dates with the name of a month, rewritten as ISO 8601: "March 1, 2025", "1er mars 2025"; the last before now where no year is said. */
function isoDates(words: string, now: Date): string {
  const said = /\b(?:19|20)\d\d\b/.exec(words)?.[0];
  return words
    .replace(DAYS, '$1 $4 $2 $3 $4')
    .replace(MONTH_FIRST, (_, month: string, day: string, year = said) => isoDate(day, month, year, now))
    .replace(DAY_FIRST, (_, day: string, month: string, year = said) => isoDate(day, month, year, now));
}

function isoDate(day: string, name: string, year: string | undefined, now: Date): string {
  const month = MONTHS.findIndex((names) => new RegExp(`^(?:${names})`).test(name)) + 1;
  const date = `${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const isAhead = date > iso(now.getTime()).slice('yyyy-'.length);
  return `${year ?? now.getUTCFullYear() - Number(isAhead)}-${date}`;
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
