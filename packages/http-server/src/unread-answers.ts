/**
 * Bounds the memory of answers that their clients do not read. An answer that the kernel does not take any more of waits in the process, for as long as
 * its client likes; here all of them together have a bound, and beyond it those end whose clients read nothing.
 */
import type { Connection } from './connection.ts';
import { largestClient } from './largest-client.ts';

/** The sums are made anew after so many requests, and at each sweep: 1,000 connections take 20 µs. */
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
    if (total > totalBytes) endUntil(total - totalBytes);
  }

  /** First those that have read nothing since the last sweep, the largest first; then those of the client that leaves most unread. */
  function endUntil(excess: number): void {
    const unread = [...connections()].filter(({ socket }) => socket.writableLength > 0);
    const client = largestClient(unread, ({ socket }) => socket.writableLength);
    const isStuck = ({ socket, unreadBefore }: Connection) => unreadBefore > 0 && socket.writableLength >= unreadBefore;
    const rank = (connection: Connection) => 2 * Number(isStuck(connection)) + Number(connection.client === client);
    unread.sort((one, other) => rank(other) - rank(one) || other.socket.writableLength - one.socket.writableLength);
    let left = excess;
    for (const { socket } of unread) {
      if (left <= 0) break;
      left -= socket.writableLength;
      socket.destroy();
    }
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
