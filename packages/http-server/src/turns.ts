/** Bounds how many requests are handled at a time; the others wait, and clients take turns, however many requests each has waiting. */
import type { Exchange } from './connection.ts';

/**
 * Makes the bound.
 *
 * @param most requests in hand at a time.
 * @param exempt paths that never wait: those of probes.
 * @param handle begins to answer a request.
 * @returns hands a client's request over, now or when its turn has come.
 */
export function takeTurns(
  most: number,
  exempt: readonly string[],
  handle: (exchange: Exchange) => void,
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
    const { url = '' } = exchange.request;
    if (exempt.includes(url)) return handle(exchange);
    if (inHand < most) return begin(exchange);
    const queue = queues.get(client);
    if (queue) queue.push(exchange);
    else queues.set(client, [exchange]);
  };
}
