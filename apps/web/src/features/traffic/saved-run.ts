/** Keeps an observation over a reload of its tab: it is this viewer's alone, so that the browser holds it and no server does. */
import { NEW_RUN, RATES, type Run } from './run.ts';

const KEY = 'traffic-1';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Writes it down. A full or forbidden storage costs the reload, not the page. */
export function saveRun(storage: Storage, { running, rate, ticks, sent }: Run): void {
  try {
    if (sent === 0 && !running) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify({ running, rate, ticks, sent }));
  } catch {
    // Nothing else depends on it.
  }
}

/** What was written down, if it can be read. */
export function loadRun(storage: Storage): Run | undefined {
  try {
    const { running, rate, ticks, sent } = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Run>;
    if (!RATES.includes(rate!) || !Array.isArray(ticks) || typeof sent !== 'number') return undefined;
    return { ...NEW_RUN, running: running === true, rate: rate!, ticks, sent };
  } catch {
    return undefined;
  }
}
