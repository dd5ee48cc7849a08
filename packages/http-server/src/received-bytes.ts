/**
 * Bounds the memory of request bodies that are held until they are whole, by what has arrived and not by what was announced: a client that
 * announces 2 MiB and sends a byte costs a byte.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange } from './connection.ts';
import { largestClient } from './largest-client.ts';

/** What Node takes for each piece of a body beside its bytes. */
const PIECE_BYTES = 256;
/** A body that arrives is judged by its rate from this age on. */
const JUDGED_MS = 1000;
/** A body that holds less gives way only where all do. */
const SMALL_BYTES = 65_536;

export interface ReceivedBytesOptions {
  /** Bytes that all counted bodies may hold together. */
  readonly totalBytes: number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Answers 503 to a request whose body has no room, and ends its connection. */
  readonly refuse: (response: ServerResponse) => void;
}

/** A body that has come in part or whole, and whose request is not answered. */
interface Held {
  readonly client: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
  /** With what its pieces cost. */
  bytes: number;
}

/** The account of bodies. */
export interface ReceivedBytes {
  /** Counts a request's body from now on, until its answer closes. */
  count(client: string, exchange: Exchange): void;
  /** Bytes held at the moment. */
  held(): number;
}

/** Whether a body is worth counting: at less than 10,000 bytes, as most are, the count would cost more than it saves. */
export function mayBeLarge({ headers }: IncomingMessage): boolean {
  const declared = headers['content-length'];
  return declared === undefined ? headers['transfer-encoding'] !== undefined : declared.length >= 5;
}

/** Opens the account. */
export function countReceivedBytes({ totalBytes, clock, refuse }: ReceivedBytesOptions): ReceivedBytes {
  const bodies = new Set<Held>();
  let total = 0;

  function release(held: Held): void {
    if (bodies.delete(held)) total -= held.bytes;
  }

  function makeRoom(newest: Held): void {
    // One alone may be larger than all together should be.
    if (total <= totalBytes || bodies.size === 1) return;
    const given = chooseRefused(bodies, clock()) ?? newest;
    release(given);
    // Its reader waits for the rest and holds what has come, for as long as one of these leads to it.
    for (const event of ['data', 'end', 'error']) given.request.removeAllListeners(event);
    given.request.on('error', ignore);
    refuse(given.response);
  }

  return {
    count(client, { request, response }) {
      const held: Held = { client, request, response, since: clock(), bytes: 0 };
      bodies.add(held);
      response.once('close', () => release(held));
      const push = request.push;
      request.push = function countPiece(piece: Buffer | null, ...rest) {
        const more = push.call(request, piece, ...rest);
        if (piece !== null && bodies.has(held)) {
          held.bytes += piece.length + PIECE_BYTES;
          total += piece.length + PIECE_BYTES;
          makeRoom(held);
        }
        return more;
      };
    },
    held: () => total,
  };
}

/** Of the client that holds most, the body that arrives slowest; the newest where none has had time. Whole ones are about to be answered. */
function chooseRefused(bodies: ReadonlySet<Held>, now: number): Held | undefined {
  const arriving = [...bodies].filter(({ request }) => !request.complete);
  const client = largestClient(arriving, ({ bytes }) => bytes);
  const own = arriving.filter((held) => held.client === client);
  const large = own.filter(({ bytes }) => bytes >= SMALL_BYTES);
  const rate = ({ bytes, since }: Held) => (now - since < JUDGED_MS ? Number.POSITIVE_INFINITY : bytes / (now - since));
  let chosen: Held | undefined;
  for (const held of large.length > 0 ? large : own) if (!chosen || rate(held) <= rate(chosen)) chosen = held;
  return chosen;
}

function ignore(): void {
  // A client that goes away while it is refused has what it needs.
}
