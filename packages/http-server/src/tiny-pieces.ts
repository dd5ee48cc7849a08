/**
 * Bodies that come in very many small pieces: each piece costs its readers microseconds and a Buffer, however few bytes it has. From the
 * thousandth on they are handed over merged, those that are read in one turn of the event loop.
 */
import type { IncomingMessage } from 'node:http';

const MANY_PIECES = 1000;
/** On the average; what sends a row in each piece is among them, and does well with it. */
const TINY_BYTES = 256;

/**
 * Watches the pieces of a body, which has not begun to arrive.
 *
 * @param onTiny is called once, when there are many tiny ones.
 */
export function mergeTinyPieces(request: IncomingMessage, onTiny: () => void): void {
  const push = request.push.bind(request);
  let pieces = 0;
  let bytes = 0;
  let isTiny = false;
  let held: Buffer[] = [];
  /** What the reader said to the last piece: at false the socket is not read on until it has caught up. */
  let wantsMore = true;

  function handOver(): void {
    const merged = held;
    held = [];
    if (merged.length > 0 && !request.destroyed) wantsMore = push(Buffer.concat(merged));
  }

  request.push = function countPiece(piece: Buffer | null, ...rest): boolean {
    if (piece === null) {
      handOver();
      return push(piece, ...rest);
    }
    pieces++;
    bytes += piece.length;
    if (!isTiny && pieces >= MANY_PIECES && bytes < pieces * TINY_BYTES) {
      isTiny = true;
      onTiny();
    }
    if (!isTiny) return push(piece, ...rest);
    held.push(piece);
    // Not in a microtask: Node runs those between two pieces.
    if (held.length === 1) setImmediate(handOver);
    return wantsMore;
  };
}
