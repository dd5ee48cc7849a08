/** A look at one connection, once a second: is it to be renewed, has it been idle, is its sender too slow? */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import { idleLimit } from './idle-limits.ts';
import { answerInFlight } from './in-flight.ts';
import { BODY_RATE, isSlow, STREAM_RATE } from './slow-senders.ts';

/** How often connections are looked at. */
export const SWEEP_MS = 1000;
/**
 * However busy, a connection is not renewed before this age: opening one costs both sides as much as ten requests. A client that sends
 * more than 100 requests a second on each connection still spreads over all servers within two seconds.
 */
const MIN_AGE_MS = 1000;

export interface Sweep {
  /** Milliseconds, monotonic. */
  readonly now: number;
  /** Milliseconds in which bodies could have been read. */
  readonly readingTime: number;
  readonly isStreamed: (request: IncomingMessage) => boolean;
}

/**
 * Brings the account of a connection up to date.
 *
 * @returns the answer in flight, when the body of its request arrives too slowly.
 */
export function sweepConnection(connection: Connection, { now, readingTime, isStreamed }: Sweep): ServerResponse | undefined {
  const { socket, seen, requests } = connection;
  connection.lastRequest = lastRequestAt(now - connection.openedAt, connection);
  const look = { requests, answer: answerInFlight(socket) };
  limitIdleness(connection, idleLimit(seen, look));
  if (look.answer !== seen?.answer || requests !== seen?.requests) {
    connection.seenSince = readingTime;
    connection.bytesReadBefore = socket.bytesRead;
  }
  connection.seen = look;
  const { answer } = look;
  if (!answer || answer.req.complete || answer.writableEnded) return undefined;
  const rate = isStreamed(answer.req) ? STREAM_RATE : BODY_RATE;
  return isSlow(rate, readingTime - connection.seenSince, socket.bytesRead - connection.bytesReadBefore) ? answer : undefined;
}

/** None while the connection is young; any once it would be too old at the next sweep. */
function lastRequestAt(age: number, { ageMs, requestLimit }: Connection): number {
  if (age + SWEEP_MS > ageMs) return 0;
  return age < MIN_AGE_MS ? Number.POSITIVE_INFINITY : requestLimit;
}

function limitIdleness(connection: Connection, limitMs: number): void {
  if (limitMs === connection.idleLimitMs) return;
  connection.idleLimitMs = limitMs;
  // When it fires, Node's server destroys the socket.
  connection.socket.setTimeout(limitMs);
}
