/** Time as the writer sees it: passed in, so that tests turn it by hand. */

/** `systemClock` of the subpath `system-clock` is the real one. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. A pending call must not keep the process alive. */
  schedule(callback: () => void, ms: number): () => void;
}
