/** The real clock for the writer. */
import type { Clock } from './clock.ts';

/** Monotonic time and timers that do not keep the process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule: (callback, ms) => {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
