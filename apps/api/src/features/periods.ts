/** Spans of time in pieces: what lines over time are made of. */
import type { PeriodQuery } from '@iris/prediction-log';
import { Type } from 'typebox';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Number and length of the pieces of each span: some thirty, which a picture can show and a database counts in a moment. */
const PIECES = {
  '1h': { periods: 30, periodMs: 2 * MINUTE_MS },
  '6h': { periods: 24, periodMs: 15 * MINUTE_MS },
  '24h': { periods: 24, periodMs: HOUR_MS },
  '7d': { periods: 28, periodMs: 6 * HOUR_MS },
  '30d': { periods: 30, periodMs: DAY_MS },
  '90d': { periods: 30, periodMs: 3 * DAY_MS },
} as const;

/** A span that can be asked for. */
export type TimelineSpan = keyof typeof PIECES;
export const DEFAULT_TIMELINE_SPAN: TimelineSpan = '24h';

/** Query of the routes that answer piece by piece. */
export const TimelineQuery = Type.Object(
  {
    last: Type.Optional(
      Type.Unsafe<TimelineSpan>({
        type: 'string',
        enum: Object.keys(PIECES),
        description: `The span up to now; ${DEFAULT_TIMELINE_SPAN} unless given. Pieces of 2 minutes, 15 minutes, 1 hour, 6 hours, 1 day or 3 days, whole ones in UTC.`,
      }),
    ),
  },
  { additionalProperties: false },
);

/** The pieces of a span; the last is the one that runs. */
export function periodsUpTo(now: Date, span: TimelineSpan = DEFAULT_TIMELINE_SPAN): PeriodQuery {
  const { periods, periodMs } = PIECES[span];
  const current = Math.floor(now.getTime() / periodMs) * periodMs;
  return { from: new Date(current - (periods - 1) * periodMs), periods, periodMs };
}

/** Beginning of a piece, or with the number of pieces the end of the last. */
export function startOf({ from, periodMs }: PeriodQuery, period: number): Date {
  return new Date(from.getTime() + period * periodMs);
}
