/**
 * What the server knows of its connections: when to end them, so that no request is lost.
 *
 * A load balancer chooses a server for each connection, so a canary gets its share only as fast as connections are renewed;
 * and a connection that ends with `Connection: close` on an answer costs its client nothing. A connection is therefore
 * closed that way after a varied number of requests or a varied age, and at the first answer once draining.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { idleLimit } from './idle-limits.ts';
import { isSlow } from './slow-senders.ts';

/** Limits are varied by 25 % from connection to connection, so that they do not all reconnect at once. */
const VARIATION = 0.25;
/** How often bodies in arrival are looked at. */
const SWEEP_MS = 1000;
/** A sweep counts no more than this, so that time in which the server itself was held up is not its clients' slowness. */
const MAX_COUNTED_MS = 1.5 * SWEEP_MS;

interface ConnectionLimits {
  /** Mean number of requests after which a connection ends. */
  readonly requests: number;
  /** Largest age in milliseconds; connections end between 75 % and 100 % of it. */
  readonly ageMs: number;
}

export interface ConnectionsOptions {
  readonly server: Server;
  readonly limits: ConnectionLimits;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Answers 408 to a sender that is too slow, and ends its connection. */
  readonly refuseSlow: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Watches the connections of one server. */
export interface Connections {
  /** To be called for each request before it is handled. */
  admit(request: IncomingMessage, response: ServerResponse): void;
  /** From now on every answer ends its connection, those to requests in flight too. */
  drain(): void;
  /** Whether an answer has begun on the socket and not ended: nothing else may be written into it. */
  isAnswering(socket: Duplex): boolean;
  /** Number of open connections. */
  count(): number;
  stop(): void;
}

interface Connection {
  readonly expiresAt: number;
  requestsLeft: number;
  request?: IncomingMessage;
  response?: ServerResponse;
  requestStartedAt: number;
  /** The request that the last sweep found, and what had been read by then. */
  seen?: IncomingMessage | undefined;
  bytesReadBefore: number;
  idleLimitMs: number;
}

/** Begins to watch the server's connections. */
export function watchConnections({ server, limits, clock, random, refuseSlow }: ConnectionsOptions): Connections {
  const connections = new Map<Socket, Connection>();
  let draining = false;
  /** Milliseconds in which bodies could have been read; stands still while the event loop is blocked. */
  let readingTime = 0;
  let sweptAt = clock();

  server.on('connection', function open(socket: Socket) {
    connections.set(socket, {
      expiresAt: clock() + limits.ageMs * (1 - VARIATION * random()),
      requestsLeft: Math.max(1, Math.round(limits.requests * (1 + VARIATION * (2 * random() - 1)))),
      requestStartedAt: 0,
      bytesReadBefore: 0,
      idleLimitMs: 0,
    });
    socket.once('close', () => connections.delete(socket));
  });

  function sweep(): void {
    const now = clock();
    readingTime += Math.min(now - sweptAt, MAX_COUNTED_MS);
    sweptAt = now;
    for (const [socket, connection] of connections) {
      const { request, response, requestStartedAt } = connection;
      // Not at its start: reading the count costs more than all else that is done for a request here.
      if (request !== connection.seen) connection.bytesReadBefore = socket.bytesRead;
      limitIdleness(socket, connection);
      if (!request || !response || request.complete || response.writableEnded) continue;
      const bytes = socket.bytesRead - connection.bytesReadBefore;
      if (isSlow(request, readingTime - requestStartedAt, bytes)) refuseSlow(request, response);
    }
  }

  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    admit(request, response) {
      const connection = connections.get(request.socket);
      if (!connection) return;
      const now = clock();
      connection.request = request;
      connection.response = response;
      connection.requestStartedAt = readingTime;
      connection.requestsLeft--;
      if (draining || connection.requestsLeft <= 0 || now >= connection.expiresAt) response.shouldKeepAlive = false;
    },
    drain() {
      draining = true;
      for (const { response } of connections.values()) {
        if (response && !response.headersSent) response.shouldKeepAlive = false;
      }
    },
    isAnswering(socket) {
      const response = connections.get(socket as Socket)?.response;
      return response?.headersSent === true && !response.writableFinished;
    },
    count: () => connections.size,
    stop: () => clearInterval(timer),
  };
}

function limitIdleness(socket: Socket, connection: Connection): void {
  const { request, response, seen, idleLimitMs } = connection;
  const limitMs = idleLimit(seen, request, response);
  connection.seen = request;
  if (limitMs === idleLimitMs) return;
  connection.idleLimitMs = limitMs;
  // When it fires, Node's server destroys the socket.
  socket.setTimeout(limitMs);
}
