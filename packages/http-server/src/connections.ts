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
import { type Connection, type ConnectionLimits, openConnection } from './connection.ts';
import { answerInFlight } from './in-flight.ts';
import { SWEEP_MS, sweepConnection } from './sweep.ts';

/** A sweep counts no more than this, so that time in which the server itself was held up is not its clients' slowness. */
const MAX_COUNTED_MS = 1.5 * SWEEP_MS;
/** What has just been opened is about to be used. */
const UNUSED_MS = 1000;

export interface ConnectionsOptions {
  readonly limits: ConnectionLimits;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether a request's body is read as a stream: slow is then another measure. */
  readonly isStreamed: (request: IncomingMessage) => boolean;
  /** Answers 408 to a sender that is too slow, and ends its connection. */
  readonly refuseSlow: (response: ServerResponse) => void;
}

/** Watches the connections of one server. */
export interface Connections {
  /** To be called with each connection that the server takes; `once` for one that is ended by its first answer. */
  open(socket: Socket, once?: boolean): Connection;
  /** To be called for each request that the server's parser reads; undefined for a connection that is not watched. */
  take(request: IncomingMessage): Connection | undefined;
  /** To be called for each request before it is handled: its answer may be the connection's last. */
  admit(connection: Connection, response: ServerResponse): void;
  /** From now on every answer ends its connection, those to requests in flight too. */
  drain(): void;
  /** Ends connections that nothing has come on: spare ones, which a browser opens and Node does not take for idle. */
  endUnused(): void;
  /** The open connections, in the order in which they were opened. */
  all(): Iterable<Connection>;
  /** Number of open connections. */
  count(): number;
  /** Calls a function after each sweep, with the time that connections had to send something. */
  onSweep(listener: (readingTime: number) => void): void;
  stop(): void;
}

/** Begins to watch a server's connections. */
export function watchConnections({ limits, clock, random, isStreamed, refuseSlow }: ConnectionsOptions): Connections {
  const connections = new Map<Socket, Connection>();
  const listeners: ((readingTime: number) => void)[] = [];
  let draining = false;
  /** Milliseconds in which bodies could have been read; stands still while the event loop is blocked. */
  let readingTime = 0;
  let sweptAt = clock();

  function sweep(): void {
    const now = clock();
    readingTime += Math.min(now - sweptAt, MAX_COUNTED_MS);
    sweptAt = now;
    for (const connection of connections.values()) {
      const slow = sweepConnection(connection, { now, readingTime, isStreamed });
      if (slow) refuseSlow(slow);
    }
    for (const listener of listeners) listener(readingTime);
  }

  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    open(socket, once = false) {
      const connection = openConnection(socket, limits, clock(), random, once);
      connections.set(socket, connection);
      socket.once('close', () => connections.delete(socket));
      return connection;
    },
    take(request) {
      const connection = connections.get(request.socket);
      if (connection) connection.requests++;
      return connection;
    },
    admit({ requests, lastRequest, waiting }, response) {
      // Not while others wait behind it: they would go unanswered.
      if ((draining || requests >= lastRequest) && !waiting) response.shouldKeepAlive = false;
    },
    drain() {
      draining = true;
      for (const [socket, { waiting }] of connections) {
        const answer = answerInFlight(socket);
        if (answer && !answer.headersSent && !waiting) answer.shouldKeepAlive = false;
      }
    },
    endUnused() {
      const latest = clock() - UNUSED_MS;
      for (const [socket, { openedAt }] of connections) if (socket.bytesRead === 0 && openedAt <= latest) socket.destroy();
    },
    all: () => connections.values(),
    count: () => connections.size,
    onSweep: (listener) => listeners.push(listener),
    stop: () => clearInterval(timer),
  };
}
