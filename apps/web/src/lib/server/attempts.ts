/** Bounds how often passwords are tried: for each caller, and for all together, so that one caller can use up its own share only. */

/** At once, and then one in so many milliseconds. */
const OF_CALLER = { capacity: 10, everyMs: 6000 };
const OF_ALL = { capacity: 100, everyMs: 200 };
/** Callers that are remembered: the one not seen for longest is forgotten. */
const MAX_CALLERS = 10_000;

interface Bucket {
  level: number;
  at: number;
}

export interface Attempts {
  /** Takes one attempt of a stranger's address, or of a browser that has known the password before; false when there is none left. */
  take(caller: { readonly address: string } | { readonly known: string }): boolean;
  /** The password was right: the caller begins anew. */
  forget(caller: { readonly address: string } | { readonly known: string }): void;
}

/**
 * @param now clock in ms, monotonic.
 */
export function createAttempts(now: () => number): Attempts {
  const callers = new Map<string, Bucket>();
  const all = { level: OF_ALL.capacity, at: now() };
  function bucketOf(name: string): Bucket {
    const bucket = callers.get(name) ?? { level: OF_CALLER.capacity, at: now() };
    callers.delete(name);
    callers.set(name, bucket);
    if (callers.size > MAX_CALLERS) callers.delete(callers.keys().next().value!);
    return bucket;
  }
  return {
    take(caller) {
      const own = takeFrom(bucketOf(nameOf(caller)), OF_CALLER, now());
      // Who has known the password is not kept out by many strangers either.
      return own && ('known' in caller || takeFrom(all, OF_ALL, now()));
    },
    forget: (caller) => void callers.delete(nameOf(caller)),
  };
}

function takeFrom(bucket: Bucket, { capacity, everyMs }: typeof OF_ALL, at: number): boolean {
  bucket.level = Math.min(capacity, bucket.level + (at - bucket.at) / everyMs);
  bucket.at = at;
  if (bucket.level < 1) return false;
  bucket.level -= 1;
  return true;
}

/** Whoever has one address of IPv6 has 2^64 of them. */
function nameOf(caller: { readonly address: string } | { readonly known: string }): string {
  if ('known' in caller) return `known ${caller.known}`;
  const address = caller.address.replace(/^::ffff:(?=\d+\.)/i, '');
  return address.includes(':') ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const zeros = Array(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
