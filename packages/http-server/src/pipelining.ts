/**
 * Requests of clients that do not wait for their answers ("pipelining", RFC 9112, 9.3.2): each connection has one request in flight, as with
 * Go's server. What has come behind it waits, and the socket is not read meanwhile.
 *
 * Node would hand over all at once, each with an answer to hold until those before it are read: 500 requests in 19 KB fill a small heap. What it has
 * already read is parsed before it can be stopped; that is what waits here. Who sends many so is read in slices from then on (`sliced-reads.ts`).
 */
import type { ServerResponse } from 'node:http';
import type { Connection, Exchange } from './connection.ts';
import { answerInFlight } from './in-flight.ts';

/**
 * Requests of all connections that may wait together: each takes 1.5 kB. Beyond it, the connection that has most of them is cut off: nothing of
 * what waited has been begun, so that its client may send it again.
 */
const MAX_WAITING = 4096;
/** As many as wait on one connection when its client is one to be careful with; nobody but benchmarks sends so many. */
const MANY_WAITING = 64;

export interface Pipelining {
  /** Puts a request behind the one that is in flight on its connection. */
  wait(connection: Connection, exchange: Exchange): void;
}

/**
 * Keeps the order of one server's connections.
 *
 * @param dispatch handles a request whose turn has come.
 * @param onMany is called when many requests wait on one connection.
 */
export function keepOrder(
  dispatch: (connection: Connection, exchange: Exchange) => void,
  onMany: (connection: Connection) => void,
): Pipelining {
  const pipelines = new Set<Connection>();
  /** Those whose end is listened for: a connection may begin to wait a thousand times. */
  const watched = new WeakSet<Connection>();
  let total = 0;

  function begin(connection: Connection, first: Exchange): void {
    connection.waiting = [first];
    pipelines.add(connection);
    if (!watched.has(connection)) connection.socket.once('close', () => forget(connection));
    watched.add(connection);
    // Not at once: the end of each request lets Node read on.
    queueMicrotask(() => connection.waiting && connection.socket.pause());
    follow(answerInFlight(connection.socket), connection);
  }

  function forget(connection: Connection): void {
    if (!pipelines.delete(connection)) return;
    total -= connection.waiting?.length ?? 0;
    connection.waiting = undefined;
  }

  /** Through the event loop, so that a long queue holds up nobody else. */
  function follow(answer: ServerResponse | undefined, connection: Connection): void {
    answer?.once('close', () => setImmediate(next, connection));
  }

  function next(connection: Connection): void {
    // An answer has ended the connection, and those behind it would never be sent.
    if (!connection.socket.writable) forget(connection);
    const exchange = connection.waiting?.shift();
    if (!exchange) return;
    total--;
    if (connection.waiting?.length === 0) {
      forget(connection);
      connection.socket.resume();
    } else {
      follow(exchange.response, connection);
    }
    dispatch(connection, exchange);
  }

  function cutLongest(): void {
    let longest: Connection | undefined;
    for (const connection of pipelines) {
      if ((connection.waiting?.length ?? 0) > (longest?.waiting?.length ?? 0)) longest = connection;
    }
    longest?.socket.destroy();
    if (longest) forget(longest);
  }

  return {
    wait(connection, exchange) {
      total++;
      if (connection.waiting) connection.waiting.push(exchange);
      else begin(connection, exchange);
      if (connection.waiting?.length === MANY_WAITING) onMany(connection);
      if (total > MAX_WAITING) cutLongest();
    },
  };
}
