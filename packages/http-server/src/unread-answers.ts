/**
 * Bounds the memory of answers that their clients do not read. An answer that the kernel does not take any more of waits in the process, for as long as
 * its client likes; here all of them together have a bound, and beyond it those end whose clients read nothing. Clients that read slowly are left
 * alone until it is twice as much.
 */
import type { Connection } from './connection.ts';
import { largestClient } from './largest-client.ts';

/** The sums are made anew after so many requests, and at each sweep: 1,000 connections take 2 µs. */
const REQUESTS_BETWEEN_LOOKS = 64;

export interface UnreadAnswers {
  /** To be called for each request. */
  request(): void;
  /** Looks at once, and remembers what each connection has not read, for the next time. */
  sweep(): void;
}

/**
 * Opens the account of what has been answered and not been read.
 *
 * @param totalBytes that all answers together may hold.
 * @param connections gives all open connections.
 */
export function countUnreadAnswers(totalBytes: number, connections: () => Iterable<Connection>): UnreadAnswers {
  let requests = 0;

  function look(): void {
    requests = 0;
    let total = 0;
    for (const { socket } of connections()) total += socket.writableLength;
    if (total <= totalBytes) return;
    const unread = [...connections()].filter(({ socket }) => socket.writableLength > 0);
    const left = total - endLargest(unread.filter(isStuck), total - totalBytes);
    if (left <= 2 * totalBytes) return;
    const client = largestClient(unread, ({ socket }) => socket.writableLength);
    const own = unread.filter((connection) => connection.client === client && !connection.socket.destroyed);
    endLargest(own, left - 2 * totalBytes);
  }

  return {
    request() {
      if (++requests >= REQUESTS_BETWEEN_LOOKS) look();
    },
    sweep() {
      look();
      for (const connection of connections()) connection.unreadBefore = connection.socket.writableLength;
    },
  };
}

/** Nothing has been read since the last sweep. */
function isStuck({ socket, unreadBefore }: Connection): boolean {
  return unreadBefore > 0 && socket.writableLength >= unreadBefore;
}

/** Ends connections, the one with most unread first, until so many bytes are let go of; gives their number. */
function endLargest(connections: readonly Connection[], bytes: number): number {
  let ended = 0;
  for (const { socket } of connections.toSorted((one, other) => other.socket.writableLength - one.socket.writableLength)) {
    if (ended >= bytes) break;
    ended += socket.writableLength;
    socket.destroy();
  }
  return ended;
}
