/** A token bucket for each of many names, such as addresses. */
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** Names remembered at a time; who is forgotten has a full bucket again, as those have who were quiet for long. */
const MAX_NAMES = 10_000;

export interface TokenBuckets {
  /** Takes one of a name's; gives 0, or the seconds to wait for the next. */
  take(name: string): number;
  /** Gives a name a full bucket. */
  forget(name: string): void;
}

/** Makes the buckets; see `createTokenBucket` for what each is. */
export function createTokenBuckets(capacity: number, perSecond: number, clock: () => number): TokenBuckets {
  const buckets = new Map<string, TokenBucket>();

  function forgetOldest(): void {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }

  return {
    take(name) {
      const known = buckets.get(name);
      // A Map keeps the order in which keys were set: the first is the one that was quiet for longest.
      if (known) buckets.delete(name);
      else if (buckets.size >= MAX_NAMES) forgetOldest();
      const bucket = known ?? createTokenBucket(capacity, perSecond, clock);
      buckets.set(name, bucket);
      return bucket();
    },
    forget: (name) => void buckets.delete(name),
  };
}
