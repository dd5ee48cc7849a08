/** Spans of time as instants. */
import type { Span } from './log-view.ts';

const HOUR_MS = 3_600_000;

const LENGTHS_MS: Readonly<Record<Span, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  all: Number.POSITIVE_INFINITY,
};

/**
 * Where a span begins.
 *
 * @param now milliseconds since 1970.
 * @returns milliseconds since 1970; 0 for all that was kept.
 */
export function startOf(span: Span, now: number): number {
  return Math.max(0, now - LENGTHS_MS[span]);
}

/** Path at which the counts from then on are asked for. */
export function statsPath(start: number): `/api/${string}` {
  return `/api/predictions/stats?${new URLSearchParams({ from: new Date(start).toISOString() })}`;
}

/** Under which name the counts of a span are remembered: their path is another one at each moment. */
export function statsKey(span: Span): string {
  return `stats of ${span}`;
}
