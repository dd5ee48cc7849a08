/** The HTTP server: owns sockets and their limits, and hands each request to the handler of the moment. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { clientOf } from './client-address.ts';
import { endFaulty } from './client-errors.ts';
import type { Connection, Exchange } from './connection.ts';
import { type Connections, watchConnections } from './connections.ts';
import { controlCrowd } from './crowd-control.ts';
import { answerInFlight } from './in-flight.ts';
import { lingerOnClose } from './lingering-close.ts';
import { type Listeners, listen } from './listeners.ts';
import { keepOrder } from './pipelining.ts';
import { endWithProblem } from './raw-answers.ts';
import { countReceivedBytes, mayBeLarge, type ReceivedBytes } from './received-bytes.ts';
import { rememberSliced, type SlicedReads } from './sliced-reads.ts';
import { leastUseful } from './staleness.ts';
import { createStreamPlaces } from './stream-places.ts';
import { mergeTinyPieces } from './tiny-pieces.ts';
import { type Turns, takeTurns } from './turns.ts';
import { countUnreadAnswers } from './unread-answers.ts';

/** Options of Node's server. */
const NODE_OPTIONS = {
  // A request’s head must be there within this time, also on a connection that has sent nothing yet. In a crowd it takes seconds until this side
  // looks at what has come, and the connections that such senders can hold are bounded: no reason to be as strict as a quiet server could be.
  headersTimeout: 10_000,
  // Bodies have a minimum rate instead of one deadline, which would end a long upload that makes progress.
  requestTimeout: 0,
  // Idle connections are the sweep's to end.
  keepAliveTimeout: 0,
  connectionsCheckingInterval: 1000,
  noDelay: true,
};
/** Between two looks for connections that have become idle since the server closed. */
const IDLE_LOOK_MS = 50;
/** Bytes that answers may hold together which their clients do not read; a few of the largest ones. */
const UNREAD_LIMIT = 8 * 1024 * 1024;
const MAX_STREAMS = 128;

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpServerOptions {
  /** Handler of the moment; asked at each request, so that an app can be exchanged. */
  readonly handler: () => RequestHandler;
  readonly requestsPerConnection: number;
  readonly connectionAgeMs: number;
  /** Most connections in service at a time; those beyond are answered 503. */
  readonly maxConnections: number;
  /** Paths that are served beyond every bound: those of probes. */
  readonly vitalPaths: readonly string[];
  /** The most that all bodies that are held until they are whole may hold together, in bytes. */
  readonly bufferLimit: number;
  /** Whether a request's body is read as a stream, never held. None by default. */
  readonly isStreamed?: (request: IncomingMessage) => boolean;
  /** Most bodies that are read as streams at a time; 128 by default. */
  readonly maxStreams?: number;
  /** Requests that take much each, and how many of them are handled at a time; the others wait for their turn, fairly by client. */
  readonly turns?: Turns;
  readonly clock: () => number;
  readonly random: () => number;
}

export interface HttpServer {
  readonly connections: Connections;
  /** Bytes that request bodies hold at the moment, of those that may be large. */
  heldBytes(): number;
  /** Resolves with the port once requests are answered. */
  listen(port: number, host: string): Promise<number>;
  /** Takes no more connections and resolves when the last request is answered, or when the deadline ends them all. */
  close(deadlineMs: number): Promise<void>;
}

/** Makes the server; nothing listens yet. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { isStreamed = () => false, clock } = options;
  const server = createServer(NODE_OPTIONS);
  const connections = watchConnections({
    limits: { requests: options.requestsPerConnection, ageMs: options.connectionAgeMs },
    clock,
    random: options.random,
    isStreamed,
    refuseSlow: endSlow,
  });
  const sliced = rememberSliced(clock);
  const crowd = takeConnections(server, connections, sliced, options);
  const bodies = answerRequests(server, connections, sliced, options);
  let listeners: Listeners | undefined;
  return {
    connections,
    heldBytes: bodies.held,
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

/** Takes connections into service, or refuses them. */
function takeConnections(
  server: Server,
  connections: Connections,
  sliced: SlicedReads,
  { maxConnections, vitalPaths, clock }: HttpServerOptions,
) {
  // Node's own listener makes a parser for the connection. It is called for those that are taken into service only.
  const [parseRequests] = server.listeners('connection');
  server.removeAllListeners('connection');
  let readingTime = 0;
  connections.onSweep((time) => {
    readingTime = time;
  });
  const crowd = controlCrowd({
    maxConnections,
    vitalPaths,
    count: connections.count,
    makeRoom(newcomer) {
      const given = leastUseful(connections.all(), clientOf(newcomer.remoteAddress), { now: clock(), readingTime });
      given?.socket.destroy();
      return given !== undefined;
    },
    serve(socket, once) {
      const connection = connections.open(socket, once);
      parseRequests?.call(server, socket);
      sliced.open(connection);
    },
  });
  server.on('connection', crowd.admit);
  server.on('clientError', endFaulty);
  return crowd;
}

/** Hands requests to the handler, as far as the account of their connections and clients allows. */
function answerRequests(
  server: Server,
  connections: Connections,
  sliced: SlicedReads,
  options: HttpServerOptions,
): ReceivedBytes {
  const { handler, clock, isStreamed = () => false, maxStreams = MAX_STREAMS } = options;
  const unread = countUnreadAnswers(UNREAD_LIMIT, connections.all);
  connections.onSweep(unread.sweep);
  const bodies = countReceivedBytes({
    totalBytes: options.bufferLimit,
    clock,
    refuse: endShed,
  });
  const streams = createStreamPlaces({ places: maxStreams, clock, end: endSlow });
  const handle =
    options.turns === undefined ? handleNow : takeTurns(options.turns, handleNow, ({ response }) => endShed(response));
  const pipelining = keepOrder(dispatch, sliced.begin);

  function handleNow({ request, response }: Exchange): void {
    handler()(request, response);
  }

  function admitBody(connection: Connection, exchange: Exchange): boolean {
    const { request, response } = exchange;
    lingerOnClose(request);
    const streamed = isStreamed(request);
    if (streamed && !streams.take(connection.client, request, response)) return false;
    if (!streamed) bodies.count(connection.client, exchange);
    mergeTinyPieces(request, () => sliced.begin(connection));
    return true;
  }

  function dispatch(connection: Connection, exchange: Exchange): void {
    connections.admit(connection, exchange.response);
    unread.request();
    if (mayBeLarge(exchange.request) && !admitBody(connection, exchange)) endShed(exchange.response);
    else handle(exchange, connection.client);
  }

  server.on('request', function receive(request, response) {
    const connection = connections.take(request);
    if (!connection) return;
    const answer = answerInFlight(request.socket);
    if (answer === undefined || answer === response) dispatch(connection, { request, response });
    else pipelining.wait(connection, { request, response });
  });
  return bodies;
}

function endSlow(response: ServerResponse): void {
  endWithProblem(response, 408, 'REQUEST_TIMEOUT', 'The body arrived too slowly.');
}

function endShed(response: ServerResponse): void {
  endWithProblem(response, 503, 'OVERLOADED', 'Too much is asked for at once; try again.');
}
