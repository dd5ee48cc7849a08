/** Bounds the memory that request bodies in flight may take together: beyond it, requests are shed before they are read. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Smaller bodies are not counted: the bound is for what can hurt, and counting costs time on every request. */
const NEGLIGIBLE_BYTES = 16_384;
/** What a stream holds at a time, whatever its length: a chunk of the socket and its lines. */
const STREAM_BYTES = 65_536;

export interface BodyBudgetOptions {
  /** Bytes that all counted bodies may hold together. */
  readonly totalBytes: number;
  /** Largest body that is ever buffered: what a body of unknown or larger length is counted as. */
  readonly bodyLimit: number;
  /** Whether the request's body is read as a stream, never held. */
  readonly isStreamed: (request: IncomingMessage) => boolean;
}

/**
 * Makes the bound.
 *
 * @returns `reserve`: false when the request's body does not fit now; else its share is held until the response closes.
 */
export function createBodyBudget({ totalBytes, bodyLimit, isStreamed }: BodyBudgetOptions) {
  let held = 0;

  function bufferedBytes(request: IncomingMessage): number {
    const { headers } = request;
    const declared = headers['content-length'];
    // Of four digits: negligible, without making a number of it on every request.
    if (declared !== undefined && declared.length < 5) return 0;
    if (isStreamed(request)) return STREAM_BYTES;
    if (declared !== undefined) return Math.min(Number(declared), bodyLimit);
    return headers['transfer-encoding'] === undefined ? 0 : bodyLimit;
  }

  return {
    reserve(request: IncomingMessage, response: ServerResponse): boolean {
      const bytes = bufferedBytes(request);
      if (bytes <= NEGLIGIBLE_BYTES) return true;
      if (held + bytes > totalBytes && held > 0) return false;
      held += bytes;
      response.once('close', () => {
        held -= bytes;
      });
      return true;
    },
  };
}
