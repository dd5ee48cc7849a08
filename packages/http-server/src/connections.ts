/**
 * What the server knows of its connections: when to end them, so that no request is lost.
 *
 * A load balancer chooses a server for each connection, so a canary gets its share only as fast as connections are renewed;
 * and a connection that ends with `Connection: close` on an answer costs its client nothing. A connection is therefore
 * closed that way after a varied number of requests or a varied age, and at the first answer once draining.
 *
 * Ages are looked at once a second, not at every request; and nothing here holds a request or answer that has ended: 50 connections
 * that keep their last ones make the collector copy 125 kB at each of its rounds, which doubles its cost.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { idleLimit, type Look } from './idle-limits.ts';
import { answerInFlight } from './in-flight.ts';
import { isSlow } from './slow-senders.ts';

/** Limits are varied by 25 % from connection to connection, so that they do not all reconnect at once. */
const VARIATION = 0.25;
/** How often connections are looked at. */
const SWEEP_MS = 1000;
/** A sweep counts no more than this, so that time in which the server itself was held up is not its clients' slowness. */
const MAX_COUNTED_MS = 1.5 * SWEEP_MS;
/**
 * However busy, a connection is not renewed before this age: opening one costs both sides as much as ten requests. A client that sends
 * more than 100 requests a second on each connection still spreads over all servers within two seconds.
 */
const MIN_AGE_MS = 1000;

/** What has just been opened is about to be used. */
const UNUSED_MS = 1000;

interface ConnectionLimits {
  /** Mean number of requests after which a connection ends. */
  readonly requests: number;
  /** Largest age in milliseconds; connections end between 75 % and 100 % of it. */
  readonly ageMs: number;
}

export interface ConnectionsOptions {
  readonly limits: ConnectionLimits;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether a request's body may arrive as slowly as its sender likes: it is read as a stream, and the socket's idle time bounds it. */
  readonly isStreamed: (request: IncomingMessage) => boolean;
  /** Answers 408 to a sender that is too slow, and ends its connection. */
  readonly refuseSlow: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Watches the connections of one server. */
export interface Connections {
  /** To be called with each connection that the server takes; `once` for one that is ended by its first answer. */
  open(socket: Socket, once?: boolean): void;
  /** To be called for each request before it is handled. */
  admit(request: IncomingMessage, response: ServerResponse): void;
  /** From now on every answer ends its connection, those to requests in flight too. */
  drain(): void;
  /** Whether an answer has begun on the socket and not ended: nothing else may be written into it. */
  isAnswering(socket: Duplex): boolean;
  /** Ends connections that nothing has come on: spare ones, which a browser opens and Node does not take for idle. */
  endUnused(): void;
  /** Number of open connections. */
  count(): number;
  stop(): void;
}

interface Connection {
  readonly openedAt: number;
  /** Largest age in milliseconds, and largest number of requests once it is old enough. */
  readonly ageMs: number;
  readonly requestLimit: number;
  /** The answer to this request ends the connection: none while it is young, any once it is old. */
  lastRequest: number;
  requests: number;
  /** The last answer that had to wait for those before it, of a client that does not wait for them. */
  queued?: ServerResponse;
  /** What the last sweep found. */
  seen?: Look;
  /** When a sweep first found the answer in flight, and what had been read from the socket by then. */
  waitingSince: number;
  bytesReadBefore: number;
  idleLimitMs: number;
}

/** Begins to watch a server's connections. */
export function watchConnections({ limits, clock, random, isStreamed, refuseSlow }: ConnectionsOptions): Connections {
  const connections = new Map<Socket, Connection>();
  let draining = false;
  /** Milliseconds in which bodies could have been read; stands still while the event loop is blocked. */
  let readingTime = 0;
  let sweptAt = clock();

  function open(socket: Socket, once = false): void {
    connections.set(socket, {
      openedAt: clock(),
      ageMs: once ? 0 : limits.ageMs * (1 - VARIATION * random()),
      requestLimit: Math.max(1, Math.round(limits.requests * (1 + VARIATION * (2 * random() - 1)))),
      lastRequest: once ? 0 : Number.POSITIVE_INFINITY,
      requests: 0,
      waitingSince: 0,
      bytesReadBefore: 0,
      idleLimitMs: 0,
    });
    socket.once('close', () => connections.delete(socket));
  }

  function sweep(): void {
    const now = clock();
    readingTime += Math.min(now - sweptAt, MAX_COUNTED_MS);
    sweptAt = now;
    for (const [socket, connection] of connections) {
      connection.lastRequest = lastRequestAt(now - connection.openedAt, connection);
      const look = { requests: connection.requests, answer: answerInFlight(socket) };
      limitIdleness(socket, connection, look);
      if (look.answer !== connection.seen?.answer) {
        connection.waitingSince = readingTime;
        connection.bytesReadBefore = socket.bytesRead;
      }
      connection.seen = look;
      if (look.answer)
        refuseIfSlow(look.answer, readingTime - connection.waitingSince, socket.bytesRead - connection.bytesReadBefore);
    }
  }

  function refuseIfSlow(answer: ServerResponse, elapsedMs: number, bytes: number): void {
    if (answer.req.complete || answer.writableEnded || isStreamed(answer.req)) return;
    if (isSlow(elapsedMs, bytes)) refuseSlow(answer.req, answer);
  }

  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    open,
    admit(request, response) {
      const connection = connections.get(request.socket);
      if (!connection) return;
      connection.requests++;
      if (draining || connection.requests >= connection.lastRequest) response.shouldKeepAlive = false;
      if (answerInFlight(request.socket) !== response) connection.queued = response;
    },
    drain() {
      draining = true;
      for (const [socket, { queued }] of connections) {
        const last = queued?.writableFinished === false ? queued : answerInFlight(socket);
        if (last && !last.headersSent) last.shouldKeepAlive = false;
      }
    },
    isAnswering(socket) {
      const answer = answerInFlight(socket);
      return answer?.headersSent === true && !answer.writableFinished;
    },
    endUnused() {
      const latest = clock() - UNUSED_MS;
      for (const [socket, { openedAt }] of connections) if (socket.bytesRead === 0 && openedAt <= latest) socket.destroy();
    },
    count: () => connections.size,
    stop: () => clearInterval(timer),
  };
}

/** None while the connection is young; any once it would be too old at the next sweep. */
function lastRequestAt(age: number, { ageMs, requestLimit }: Connection): number {
  if (age + SWEEP_MS > ageMs) return 0;
  return age < MIN_AGE_MS ? Number.POSITIVE_INFINITY : requestLimit;
}

function limitIdleness(socket: Socket, connection: Connection, look: Look): void {
  const limitMs = idleLimit(connection.seen, look);
  if (limitMs === connection.idleLimitMs) return;
  connection.idleLimitMs = limitMs;
  // When it fires, Node's server destroys the socket.
  socket.setTimeout(limitMs);
}
