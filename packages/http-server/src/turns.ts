/** Bounds how many requests are handled at a time; the others wait, and clients take turns, however many requests each has waiting. */
import type { IncomingMessage } from 'node:http';
import type { Exchange } from './connection.ts';

/** As many may wait of one client; more would wait longer than anybody does. */
const MOST_WAITING = 100;

export interface Turns {
  /** Requests in hand at a time. */
  readonly most: number;
  /** Whether a request takes a turn; others never wait. */
  readonly isTaken: (request: IncomingMessage) => boolean;
}

/**
 * Makes the bound.
 *
 * @param handle begins to answer a request.
 * @param refuse answers a request of a client that has too many waiting.
 * @returns hands a client's request over, now or when its turn has come.
 */
export function takeTurns(
  { most, isTaken }: Turns,
  handle: (exchange: Exchange) => void,
  refuse: (exchange: Exchange) => void,
): (exchange: Exchange, client: string) => void {
  /** Clients in the order of their turns. */
  const queues = new Map<string, Exchange[]>();
  let inHand = 0;

  function begin(exchange: Exchange): void {
    inHand++;
    exchange.response.once('close', () => {
      inHand--;
      next();
    });
    handle(exchange);
  }

  function next(): void {
    while (inHand < most) {
      const exchange = takeFirst();
      if (!exchange) return;
      if (!exchange.response.closed) begin(exchange);
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

  return function takeTurn(exchange, client) {
    if (!isTaken(exchange.request)) return handle(exchange);
    if (inHand < most) return begin(exchange);
    const queue = queues.get(client);
    if (queue && queue.length >= MOST_WAITING) refuse(exchange);
    else if (queue) queue.push(exchange);
    else queues.set(client, [exchange]);
  };
}
