/**
 * Reads little at a time of clients that make much work of few bytes: many requests without waiting, or bodies in pieces of a byte. What Node has read
 * it parses before it can be stopped, up to 2 MiB of a socket in one turn of the event loop: of 64 KiB, 2,400 requests with an answer each, 7 to 17
 * ms of work. Read in slices, one a turn on all its connections together, such a client waits for others, and not they for it.
 *
 * Slices go through JavaScript, which costs 13 % more of the processor for each request: so only such clients are read so, for a while, on all their
 * connections. The first offence costs what it costs.
 */
import type { Socket } from 'node:net';
import type { Connection } from './connection.ts';

/** Some usual requests; at most 80 small ones. */
const SLICE_BYTES = 2048;
/** For so long a client is remembered, and so many of them, the latest. */
const REMEMBERED_MS = 600_000;
const MOST_CLIENTS = 1000;

type Sliceable = Pick<Connection, 'client' | 'socket' | 'waiting'>;

export interface SlicedReads {
  /** Reads a connection in slices from now on, and those that its client opens in the next ten minutes. */
  begin(connection: Sliceable): void;
  /** To be called with each new connection once Node has a parser for it. */
  open(connection: Sliceable): void;
}

/** Remembers which clients are read in slices; `clock` gives milliseconds, monotonic. */
export function rememberSliced(clock: () => number): SlicedReads {
  /** Until when, in the order of remembering. */
  const clients = new Map<string, number>();
  const sliced = new WeakSet<Socket>();
  const afterTurn = takeTurnsByClient();

  function remember(client: string): void {
    clients.delete(client);
    clients.set(client, clock() + REMEMBERED_MS);
    const [oldest] = clients.keys();
    if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest);
  }

  function readSliced(connection: Sliceable): void {
    if (sliced.has(connection.socket)) return;
    sliced.add(connection.socket);
    putBetween(connection.socket, (readOn) => afterTurn(connection.client, readOn));
  }

  return {
    begin(connection) {
      remember(connection.client);
      readSliced(connection);
    },
    open(connection) {
      const until = clients.get(connection.client);
      if (until !== undefined && clock() < until) readSliced(connection);
    },
  };
}

/** Makes a function that calls back in a later turn of the event loop: one of a client's callers in each, in their order. */
function takeTurnsByClient(): (client: string, callback: () => void) => void {
  const queues = new Map<string, (() => void)[]>();

  function takeTurn(): void {
    for (const [client, queue] of queues) {
      const callback = queue.shift();
      if (queue.length === 0) queues.delete(client);
      callback?.();
    }
    if (queues.size > 0) setImmediate(takeTurn);
  }

  return function wait(client, callback) {
    if (queues.size === 0) setImmediate(takeTurn);
    const queue = queues.get(client);
    if (queue) queue.push(callback);
    else queues.set(client, [callback]);
  };
}

/**
 * Puts itself between a socket and Node's parser, which takes what its listener of `data` is given. Node resumes a socket whenever somebody reads a
 * body, several times in one turn: until its turn comes it is only noted that someone wants it to go on.
 *
 * @param wait calls back when the turn has come.
 */
function putBetween(socket: Socket, wait: (callback: () => void) => void): void {
  const [parse] = socket.listeners('data') as ((data: Buffer) => void)[];
  if (!parse) return;
  const { pause, resume } = socket;
  let isResting = false;
  let isWanted = true;

  function rest(): void {
    isResting = true;
    wait(() => {
      isResting = false;
      if (isWanted && !socket.destroyed) resume.call(socket);
    });
  }

  socket.off('data', parse).on('data', function takeSlice(data: Buffer) {
    // Node goes on handing over what it has read, when what was before it has not been parsed.
    if (socket.destroyed) return;
    parse.call(socket, data.subarray(0, SLICE_BYTES));
    if (data.length <= SLICE_BYTES || socket.destroyed) return;
    const wasPaused = socket.isPaused();
    // The rest comes again when it is resumed, before what has not been read yet.
    pause.call(socket).unshift(data.subarray(SLICE_BYTES));
    isWanted = !wasPaused;
    rest();
  });
  socket.pause = function pauseForLonger() {
    isWanted = false;
    return pause.call(socket);
  };
  socket.resume = function resumeNextTurn() {
    isWanted = true;
    return isResting ? socket : resume.call(socket);
  };
}
