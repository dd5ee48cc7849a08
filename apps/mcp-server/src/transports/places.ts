/** Who gives way when there are as many streams as can be: the client that holds most of them, so that it cannot keep the others out. */
import { largestClient } from '@iris/http-server';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';

/** A client sends its first message as soon as its stream has opened; one that has not by then is of no use. */
const UNUSED_MS = 2000;

/** Share of the places below which a crowd is over. */
const CALM = 0.9;

/** A stream, as far as it takes a place. */
export interface Place {
  /** Whose it is: an address or a network. */
  readonly client: string;
  /** When it opened, in milliseconds. */
  readonly since: number;
  /** Whether anything was asked on it. */
  readonly isUsed: boolean;
  /** Whether nothing is lost when it ends: its client opens another one. */
  readonly isIdle: boolean;
}

/**
 * The stream that ends so that a client gets a place; undefined where none should, so that the client is refused.
 *
 * @param places all of them, the oldest first.
 */
export function findRoom<P extends Place>(places: Iterable<P>, client: string, now: number): P | undefined {
  const all = [...places];
  const largest = largestClient(all, () => 1);
  const theirs = all.filter((place) => place.client === largest);
  const unused = theirs.find(({ isUsed, since }) => !isUsed && now - since > UNUSED_MS);
  if (unused) return unused;
  const own = all.filter((place) => place.client === client).length;
  // One more for the one must leave the other with no less.
  return theirs.length > own + 1 ? theirs.find(({ isIdle }) => isIdle) : undefined;
}

interface GateOptions<P extends Place> {
  readonly most: number;
  /** The streams of the moment, the oldest first. */
  readonly places: { readonly size: number; values(): Iterable<P> };
  /** Ends one, so that it is no longer among them. */
  readonly end: (place: P) => void;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Milliseconds, of the same clock as `since`. */
  readonly now: () => number;
}

/** Makes the gate: whether a client gets a place, once whoever holds most of them has given one up. */
export function createGate<P extends Place>({
  most,
  places,
  end,
  metrics,
  logger,
  now,
}: GateOptions<P>): (client: string) => boolean {
  let isCrowded = false;

  function tell(isFull: boolean): void {
    const isOver = isCrowded && places.size < CALM * most;
    if (isFull && !isCrowded)
      logger.warn({ streams: places.size }, 'as many streams as can be: who holds most of them gives way');
    if (isOver) logger.info({ streams: places.size }, 'there are places for streams again');
    if (isFull || isOver) isCrowded = isFull;
  }

  return function admits(client) {
    const isFull = places.size >= most;
    tell(isFull);
    if (!isFull) return true;
    metrics.countRefused('stream');
    const given = findRoom(places.values(), client, now());
    if (given) end(given);
    return places.size < most;
  };
}
