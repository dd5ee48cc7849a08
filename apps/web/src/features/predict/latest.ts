/** One question at a time: what an earlier one answers is never heard of once a later one is asked. */

/** Asks; `hear` gets the answer and `fail` the error, unless another question or `drop` came first. */
export interface Latest {
  ask<T>(question: (signal: AbortSignal) => Promise<T>, hear: (answer: T) => void, fail: (error: unknown) => void): void;
  /** Aborts the question at hand, if there is one. */
  drop(): void;
}

/** Makes one that has been asked nothing. */
export function createLatest(): Latest {
  let current = new AbortController();
  function drop(): void {
    current.abort();
    current = new AbortController();
  }
  return {
    ask(question, hear, fail) {
      drop();
      const { signal } = current;
      // An aborted fetch may have been answered already: being late is what counts.
      question(signal).then(
        (answer) => signal.aborted || hear(answer),
        (error: unknown) => signal.aborted || fail(error),
      );
    },
    drop,
  };
}
