/** Which answer a socket is busy with. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * The answer that Node's HTTP server is giving on a socket, or undefined between two requests. Answers of requests that a client sent
 * without waiting queue behind it.
 *
 * Node keeps it in a field that it does not document, and `http-terminator` and `stoppable` read there too. To know it otherwise means
 * a listener on every answer, 2 % of a request's cost.
 */
export function answerInFlight(socket: Duplex): ServerResponse | undefined {
  return (socket as { readonly _httpMessage?: ServerResponse | null })._httpMessage ?? undefined;
}
