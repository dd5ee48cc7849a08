/**
 * Lets computations through one by one, each in a pass of the event loop of its own: between two of them everything else is served,
 * however many conversations are read at the same time.
 */

/** Resolves when it is the caller's turn to compute, for some milliseconds at most. */
export type AwaitTurn = () => Promise<void>;

/** Makes a turnstile; those who share it wait for each other. */
export function createTurnstile(): AwaitTurn {
  const waiting: (() => void)[] = [];

  function letNextThrough(): void {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(letNextThrough);
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(letNextThrough);
    });
}
