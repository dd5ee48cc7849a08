/** A token bucket for each address. */
import { createTokenBucket, type TokenBucket } from '@iris/http-server';

/** Addresses remembered at a time; who is forgotten has a full bucket again, as those have who were quiet for a second. */
const MAX_ADDRESSES = 10_000;

/**
 * Makes the limit.
 *
 * @param perSecond requests that each address may make, and the size of a burst.
 * @returns whether one more request of this address is taken now.
 */
export function createRateLimit(perSecond: number, clock: () => number): (address: string) => boolean {
  const buckets = new Map<string, TokenBucket>();

  function bucketOf(address: string): TokenBucket {
    const known = buckets.get(address);
    // A Map keeps the order in which keys were set: the first is the one that was quiet for longest.
    if (known) buckets.delete(address);
    else if (buckets.size >= MAX_ADDRESSES) forgetOldest();
    const bucket = known ?? createTokenBucket(perSecond, perSecond, clock);
    buckets.set(address, bucket);
    return bucket;
  }

  function forgetOldest(): void {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }

  return (address) => bucketOf(address)() === 0;
}
