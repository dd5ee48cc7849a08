/** Bounds how many requests are handled at a time; the others wait, and clients take turns, however many requests each has waiting. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './connection.ts';

/** As many may wait of one client; more would wait longer than anybody does. */
const MOST_WAITING = 100;
/** While requests wait, those in hand are looked at so often: an answer whose client does not read it takes no work, and gives its turn up. */
const LOOK_MS = 100;

export interface Turns {
  /** Requests in hand at a time. */
  readonly most: number;
  /** Whether a request takes a turn; others never wait. */
  readonly isTaken: (request: IncomingMessage) => boolean;
  /** How a request is answered without the work that turns are for, such as from a cache. */
  readonly shortCut?: {
    /** Requests in hand from which on it is tried. */
    readonly from: number;
    /** Answers; false where it cannot. */
    readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean;
  };
}

interface Turn {
  readonly response: ServerResponse;
  /** Whether its client had not read all at the last look. */
  wasUnread: boolean;
}

/**
 * Makes the bound.
 *
 * @param handle begins to answer a request.
 * @param refuse answers a request of a client that has too many waiting.
 * @returns hands a client's request over, now or when its turn has come.
 */
export function takeTurns(
  { most, isTaken, shortCut }: Turns,
  handle: (exchange: Exchange) => void,
  refuse: (exchange: Exchange) => void,
): (exchange: Exchange, client: string) => void {
  /** Clients in the order of their turns. */
  const queues = new Map<string, Exchange[]>();
  const inHand = new Set<Turn>();
  let looks: NodeJS.Timeout | undefined;

  function begin(exchange: Exchange): void {
    const turn = { response: exchange.response, wasUnread: false };
    inHand.add(turn);
    exchange.response.once('close', () => end(turn));
    handle(exchange);
  }

  function end(turn: Turn): void {
    if (!inHand.delete(turn)) return;
    while (inHand.size < most) {
      const exchange = takeFirst();
      if (!exchange) return;
      if (!isUnsendable(exchange.response)) begin(exchange);
    }
  }

  function takeFirst(): Exchange | undefined {
    const [first] = queues;
    if (!first) return undefined;
    const [client, queue] = first;
    const exchange = queue.shift();
    queues.delete(client);
    if (queue.length > 0) queues.set(client, queue);
    return exchange;
  }

  function wait(exchange: Exchange, client: string): void {
    const queue = queues.get(client);
    if (queue && queue.length >= MOST_WAITING) refuse(exchange);
    else if (queue) queue.push(exchange);
    else queues.set(client, [exchange]);
    looks ??= setInterval(look, LOOK_MS).unref();
  }

  function look(): void {
    if (queues.size === 0) {
      clearInterval(looks);
      looks = undefined;
    }
    for (const turn of [...inHand]) {
      const isUnread = (turn.response.socket?.writableLength ?? 0) > 0;
      if (isUnsendable(turn.response) || (isUnread && turn.wasUnread)) end(turn);
      turn.wasUnread = isUnread;
    }
  }

  return function takeTurn(exchange, client) {
    if (!isTaken(exchange.request)) handle(exchange);
    else if (shortCut && inHand.size >= shortCut.from && shortCut.answer(exchange.request, exchange.response)) return;
    else if (inHand.size < most) begin(exchange);
    else wait(exchange, client);
  };
}

/** Whether nobody can get an answer any more: its client has left, or its connection has been ended from this side. */
function isUnsendable({ closed, socket }: ServerResponse): boolean {
  return closed || !socket?.writable;
}
