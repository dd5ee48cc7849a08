/** Days of the Gregorian calendar, as numbers that a model can learn from. */
import type { DateFormat } from './schema.ts';

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday: the third weekday after Monday. */
const WEEKDAY_OF_DAY_0 = 3;

type Order = readonly [year: number, month: number, day: number];

/** A date at the beginning of a cell, and where its parts stand; a time may follow. */
const FORMATS: Readonly<Record<DateFormat, { readonly pattern: RegExp; readonly order: Order }>> = {
  'yyyy-mm-dd': { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s])/, order: [1, 2, 3] },
  'yyyy/mm/dd': { pattern: /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?=$|[T\s])/, order: [1, 2, 3] },
  yyyymmdd: { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: [1, 2, 3] },
  'dd.mm.yyyy': { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|\s)/, order: [3, 2, 1] },
  'dd/mm/yyyy': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|\s)/, order: [3, 2, 1] },
  'mm/dd/yyyy': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|\s)/, order: [3, 1, 2] },
  'dd-mm-yyyy': { pattern: /^(\d{1,2})-(\d{1,2})-(\d{4})(?=$|\s)/, order: [3, 2, 1] },
};

/** All formats, the surest first. */
export const DATE_FORMATS = Object.keys(FORMATS) as readonly DateFormat[];

/** Days since 1970-01-01 of a text in the given format; NaN where it is none, or no day of the calendar. */
export function dayOf(text: string, format: DateFormat = 'yyyy-mm-dd'): number {
  const { pattern, order } = FORMATS[format];
  const match = pattern.exec(text.trim());
  if (!match) return Number.NaN;
  const [year, month, day] = order.map((group) => Number(match[group])) as [number, number, number];
  const date = new Date(0);
  // Not by Date.UTC, to which years below 100 mean 19xx.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / DAY_MS : Number.NaN;
}

/** `yyyy-mm-dd` of a number of days since 1970-01-01. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Names of what `dayParts` gives. */
export const DAY_PARTS = ['year', 'month', 'weekday', 'day'] as const;

/** Year, month from 1, weekday from 0 for Monday, and days since 1970-01-01. */
export function dayParts(day: number): readonly [year: number, month: number, weekday: number, day: number] {
  const date = new Date(day * DAY_MS);
  const weekday = (((day + WEEKDAY_OF_DAY_0) % 7) + 7) % 7;
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, weekday, day];
}
