/** The turns in flight of this process. */
export interface Turns {
  inFlight(): number;
  /** Counts a turn until its answer has gone out, or its client. */
  follow(answer: Promise<void>): Promise<void>;
}

/** Begins to count. */
export function createTurns(): Turns {
  let inFlight = 0;
  return {
    inFlight: () => inFlight,
    async follow(answer) {
      inFlight++;
      // A client that went away is no fault of the turn's.
      await answer.catch(() => undefined);
      inFlight--;
    },
  };
}
