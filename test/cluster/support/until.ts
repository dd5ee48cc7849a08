/** Waits for what nobody announces. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 250;

/**
 * Looks until there is something to return.
 *
 * @param look returns undefined while it is not so yet; what it throws counts as not yet, and is told in the end.
 * @throws when the time is over.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: last });
}
