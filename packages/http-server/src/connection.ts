/** One connection, as the server's account holds it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from './client-address.ts';
import type { Look } from './idle-limits.ts';

/** Limits are varied by 25 % from connection to connection, so that they do not all reconnect at once. */
const VARIATION = 0.25;

/** A request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export interface ConnectionLimits {
  /** Mean number of requests after which a connection ends. */
  readonly requests: number;
  /** Largest age in milliseconds; connections end between 75 % and 100 % of it. */
  readonly ageMs: number;
}

/** What is known of a connection. It holds nothing of requests and answers that have ended. */
export interface Connection {
  readonly socket: Socket;
  /** The client that it is counted for. */
  readonly client: string;
  readonly openedAt: number;
  /** Largest age in milliseconds, and largest number of requests once it is old enough. */
  readonly ageMs: number;
  readonly requestLimit: number;
  /** The answer to this request ends the connection: none while it is young, any once it is old. */
  lastRequest: number;
  requests: number;
  /** Requests that came before the one in flight was answered, in their order; undefined for all but the few clients that do not wait. */
  waiting: Exchange[] | undefined;
  /** What the last sweep found, and since when it has been no other. */
  seen: Look | undefined;
  seenSince: number;
  bytesReadBefore: number;
  /** Bytes answered and not yet read, at the last sweep. */
  unreadBefore: number;
  idleLimitMs: number;
}

/**
 * Begins the account of a connection.
 *
 * @param random uniform in [0, 1), twice.
 * @param once whether its first answer ends it.
 */
export function openConnection(
  socket: Socket,
  limits: ConnectionLimits,
  openedAt: number,
  random: () => number,
  once: boolean,
): Connection {
  return {
    socket,
    client: clientOf(socket.remoteAddress),
    openedAt,
    ageMs: once ? 0 : limits.ageMs * (1 - VARIATION * random()),
    requestLimit: Math.max(1, Math.round(limits.requests * (1 + VARIATION * (2 * random() - 1)))),
    lastRequest: once ? 0 : Number.POSITIVE_INFINITY,
    requests: 0,
    waiting: undefined,
    seen: undefined,
    seenSince: 0,
    bytesReadBefore: 0,
    unreadBefore: 0,
    idleLimitMs: 0,
  };
}
