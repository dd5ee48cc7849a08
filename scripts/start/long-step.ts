/** Says what takes long, that it goes on, and when it is done. */

/** Whom to tell, and what ends the step before its time. */
export interface StepSurroundings {
  readonly print: (line: string) => void;
  readonly interrupted: AbortSignal;
  /** Between two lines that say that it goes on. */
  readonly everyMs?: number;
}

const EVERY_MS = 10_000;
/** What takes less is not worth a second line. */
const WORTH_MS = 2000;

/** Does the work with a line before it, one every ten seconds, and one after it. */
export async function longStep<T>(
  what: string,
  work: () => Promise<T>,
  { print, interrupted, everyMs = EVERY_MS }: StepSurroundings,
): Promise<T> {
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  print(`${what} …`);
  const timer = setInterval(() => print(`${what}: ${seconds()} s so far …`), everyMs);
  try {
    const result = await work();
    if (performance.now() - startedAt >= WORTH_MS && !interrupted.aborted) print(`${what}: done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
