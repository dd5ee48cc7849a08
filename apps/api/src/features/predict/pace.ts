/** Slows those who send many rows down to the speed of the log: a million rows must not fill its memory, or rows would be dropped. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PredictionLog } from '../../dependencies.ts';

/** Rows in memory at which senders wait; well below the writer's own bound, which other requests share. */
const WAIT_AT_ROWS = 5000;
/** Longest wait of a request with all its rows in one body, whose sender looks at the clock: after an outage the log writes what waits in the spool first. */
const REQUEST_WAIT_MS = 1000;

/** Waits until the log has written what waits, if that is much. With the store away it does not wait: the spool takes the rows. */
export async function keepPace(log: PredictionLog | undefined, longestMs?: number): Promise<void> {
  if (!log || log.writer.stats().queued <= WAIT_AT_ROWS) return;
  const written = log.writer.flush();
  if (longestMs === undefined) await written;
  else await raceAgainstTime(written, longestMs);
}

/** The hook `preHandler` of a route that answers many rows at once. */
export function paceRequests(log: PredictionLog | undefined) {
  return async ({ query }: { readonly query: unknown }): Promise<void> => {
    if ((query as { readonly log?: string }).log !== 'false') await keepPace(log, REQUEST_WAIT_MS);
  };
}

async function raceAgainstTime(work: Promise<unknown>, ms: number): Promise<void> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal, ref: false }).catch(() => undefined);
  await Promise.race([work, late]);
  done.abort();
}
