/** Bounds how often passwords are tried: for each caller, and for all together, so that one caller can use up its own share only. */
import { clientOf, createTokenBucket, createTokenBuckets } from '@iris/http-server';

/** At once, and then ten a minute. */
const OF_CALLER = { capacity: 10, perSecond: 10 / 60 };
const OF_ALL = { capacity: 100, perSecond: 5 };

/** A stranger's address, or a browser that has known the password before. */
type Caller = { readonly address: string } | { readonly known: string };

export interface Attempts {
  /** Takes one attempt; false when there is none left. */
  take(caller: Caller): boolean;
  /** The password was right: the caller begins anew. */
  forget(caller: Caller): void;
}

/**
 * @param now clock in ms, monotonic.
 */
export function createAttempts(now: () => number): Attempts {
  const callers = createTokenBuckets(OF_CALLER.capacity, OF_CALLER.perSecond, now);
  const takeOfAll = createTokenBucket(OF_ALL.capacity, OF_ALL.perSecond, now);
  return {
    // Who has known the password is not kept out by many strangers either.
    take: (caller) => callers.take(nameOf(caller)) === 0 && ('known' in caller || takeOfAll() === 0),
    forget: (caller) => callers.forget(nameOf(caller)),
  };
}

function nameOf(caller: Caller): string {
  return 'known' in caller ? `known ${caller.known}` : clientOf(caller.address);
}
