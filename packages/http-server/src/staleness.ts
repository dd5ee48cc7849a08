/** Which connections are of least use, so that in a crowd those that do nothing make room for those that ask. */
import type { Connection } from './connection.ts';
import { answerInFlight } from './in-flight.ts';
import { largestClient } from './largest-client.ts';
import { BODY_RATE } from './slow-senders.ts';

/** A connection that has brought no request may be given up after this time: a client opens it to send one at once. */
const UNUSED_MS = 250;
/** One that is no use otherwise, once so much time has passed since the look that found it so. */
const IDLE_MS = 1000;

/**
 * Chooses a connection to end for a newcomer; undefined when each is in use.
 *
 * @param connections in the order in which they were opened.
 * @param now milliseconds, as in `openedAt`.
 * @param readingTime milliseconds, as in `seenSince`.
 */
export function leastUseful(
  connections: Iterable<Connection>,
  newcomer: string,
  { now, readingTime }: { readonly now: number; readonly readingTime: number },
): Connection | undefined {
  const all = [...connections];
  const unused = all.find(({ requests, openedAt }) => requests === 0 && now - openedAt >= UNUSED_MS);
  if (unused) return unused;
  let idlest: Connection | undefined;
  for (const connection of all) {
    const isIdle = isUseless(connection, readingTime) && readingTime - connection.seenSince >= IDLE_MS;
    if (isIdle && (!idlest || connection.seenSince < idlest.seenSince)) idlest = connection;
  }
  return idlest ?? fromLargest(all, newcomer);
}

/** Between requests; or the body arrives slowly; or the answer is there and is not read. A handler that takes its time is the server's own. */
function isUseless(
  { seen, requests, socket, seenSince, bytesReadBefore, unreadBefore }: Connection,
  readingTime: number,
): boolean {
  if (!seen || seen.requests !== requests) return false;
  const { answer } = seen;
  if (!answer || answer.writableFinished) return true;
  if (answer.writableEnded) return unreadBefore > 0 && socket.writableLength >= unreadBefore;
  if (answer.req.complete) return false;
  return socket.bytesRead - bytesReadBefore < BODY_RATE.bytesPerMs * (readingTime - seenSince);
}

/** One between two requests, of a client that has more than twice as many connections as the newcomer would have. */
function fromLargest(all: readonly Connection[], newcomer: string): Connection | undefined {
  const client = largestClient(all, () => 1);
  const countOf = (name: string) => all.reduce((count, connection) => count + Number(connection.client === name), 0);
  if (client === undefined || client === newcomer || countOf(client) <= 2 * (countOf(newcomer) + 1)) return undefined;
  return all.find(
    (connection) => connection.client === client && !connection.socket.writableLength && isBetweenRequests(connection),
  );
}

function isBetweenRequests({ socket }: Connection): boolean {
  const answer = answerInFlight(socket);
  return !answer || answer.writableFinished;
}
