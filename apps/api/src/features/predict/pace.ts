/** Slows a stream down to the speed of the log: a million rows must not fill its memory, or rows would be dropped. */
import type { PredictionLog } from '../../dependencies.ts';

/** Rows in memory at which a stream waits; well below the writer's own bound, which other requests share. */
const WAIT_AT_ROWS = 5000;

/** Waits until the log has written what waits, if that is much. With the store away it does not wait: the spool takes the rows. */
export async function keepPace(log: PredictionLog | undefined): Promise<void> {
  if (log && log.writer.stats().queued > WAIT_AT_ROWS) await log.writer.flush();
}
