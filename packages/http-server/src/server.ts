/** The HTTP server: owns sockets and their limits, and hands each request to the handler of the moment. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createBodyBudget } from './body-budget.ts';
import { type Connections, watchConnections } from './connections.ts';
import { controlCrowd } from './crowd-control.ts';
import { lingerOnClose } from './lingering-close.ts';
import { type Listeners, listen } from './listeners.ts';
import { answerClientError, endWithProblem } from './raw-answers.ts';

/**
 * A request’s head must be there within this time, also on a connection that has sent nothing yet. In a crowd it takes seconds until this side looks at
 * what has come, and the connections that such senders can hold are bounded: no reason to be as strict as a quiet server could be.
 */
const HEADERS_TIMEOUT_MS = 10_000;
/** Between two looks for connections that have become idle since the server closed. */
const IDLE_LOOK_MS = 50;

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpServerOptions {
  /** Handler of the moment; asked at each request, so that an app can be exchanged. */
  readonly handler: () => RequestHandler;
  readonly requestsPerConnection: number;
  readonly connectionAgeMs: number;
  /** Most connections in service at a time; those beyond are answered 503. */
  readonly maxConnections: number;
  /** Paths that are served beyond it too: those of probes. */
  readonly vitalPaths: readonly string[];
  /** Largest body that a handler ever holds, in bytes, and the most that all bodies may hold together. */
  readonly bodyLimit: number;
  readonly bufferLimit: number;
  /** Whether a request's body is read as a stream: never held, and as slow as its sender likes. None by default. */
  readonly isStreamed?: (request: IncomingMessage) => boolean;
  readonly clock: () => number;
  readonly random: () => number;
}

export interface HttpServer {
  readonly connections: Connections;
  /** Resolves with the port once requests are answered. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more connections and resolves when the last request is answered, or when the deadline ends them all. */
  close(deadlineMs: number): Promise<void>;
}

/** Makes the server; nothing listens yet. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { isStreamed = () => false } = options;
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Bodies have a minimum rate instead of one deadline, which would end a long upload that makes progress.
    requestTimeout: 0,
    // Idle connections are the sweep's to end.
    keepAliveTimeout: 0,
    connectionsCheckingInterval: 1000,
    noDelay: true,
  });
  const connections = watchConnections({
    limits: { requests: options.requestsPerConnection, ageMs: options.connectionAgeMs },
    clock: options.clock,
    random: options.random,
    isStreamed,
    refuseSlow: (_request, response) => endWithProblem(response, 408, 'REQUEST_TIMEOUT', 'The body arrived too slowly.'),
  });
  // Node's own listener makes a parser for the connection. It is called for those that are taken into service only.
  const [parseRequests] = server.listeners('connection');
  server.removeAllListeners('connection');
  const serve = (socket: Socket, once: boolean) => {
    connections.open(socket, once);
    parseRequests?.call(server, socket);
  };
  const { maxConnections, vitalPaths } = options;
  const crowd = controlCrowd({ maxConnections, vitalPaths, count: connections.count, serve });
  server.on('connection', crowd.admit);
  server.on('clientError', function refuse(error, socket) {
    if (connections.isAnswering(socket)) socket.destroy();
    else answerClientError(error, socket);
  });
  const budget = createBodyBudget({ totalBytes: options.bufferLimit, bodyLimit: options.bodyLimit, isStreamed });
  server.on('request', function dispatch(request, response) {
    connections.admit(request, response);
    lingerOnClose(request);
    if (budget.reserve(request, response)) options.handler()(request, response);
    else endWithProblem(response, 503, 'OVERLOADED', 'Too much is being uploaded at once; try again.');
  });
  let listeners: Listeners | undefined;
  return {
    connections,
    async listen(port, host) {
      listeners = await listen(server, port, host);
      return listeners.port;
    },
    async close(deadlineMs) {
      const deadline = setTimeout(() => {
        server.closeAllConnections();
        crowd.stop();
      }, deadlineMs);
      // Idle connections are closed by Node at once; busy ones after their answer, which carries `Connection: close`. An answer whose head
      // went out before the drain does not: its connection is looked for when it has become idle.
      const idle = setInterval(() => {
        server.closeIdleConnections();
        connections.endUnused();
      }, IDLE_LOOK_MS);
      await listeners?.close();
      clearInterval(idle);
      clearTimeout(deadline);
      connections.stop();
      crowd.stop();
    },
  };
}
