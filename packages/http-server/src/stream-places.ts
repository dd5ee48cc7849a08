/**
 * Bounds how many bodies are read as streams at a time. A stream holds little but its place, for as long as its sender likes: when all are taken,
 * the newcomer gets that of the slowest sender of the client that has most of them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { largestClient } from './largest-client.ts';

/** A stream may show for this long what it is. */
const JUDGED_MS = 5000;
/** Below this many bytes a second a sender gives its place up to another: what a row every tenth of a second is. */
const BUSY_BYTES_PER_S = 400;

export interface StreamPlacesOptions {
  /** Streams at a time. */
  readonly places: number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Ends a stream whose place is needed. */
  readonly end: (response: ServerResponse) => void;
}

interface Stream {
  readonly client: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly since: number;
  readonly bytesBefore: number;
}

/**
 * Makes the places.
 *
 * @returns `take`: gives a stream a place until its answer closes; false when there is none.
 */
export function createStreamPlaces({ places, clock, end }: StreamPlacesOptions) {
  const streams = new Set<Stream>();

  function evictSlowest(): boolean {
    const now = clock();
    const rate = ({ request, since, bytesBefore }: Stream) => (request.socket.bytesRead - bytesBefore) / ((now - since) / 1000);
    const slow = [...streams].filter((stream) => now - stream.since > JUDGED_MS && rate(stream) < BUSY_BYTES_PER_S);
    const client = largestClient(slow, () => 1);
    const [slowest] = slow.filter((stream) => stream.client === client).sort((one, other) => rate(one) - rate(other));
    if (!slowest) return false;
    streams.delete(slowest);
    end(slowest.response);
    return true;
  }

  return {
    take(client: string, request: IncomingMessage, response: ServerResponse): boolean {
      if (streams.size >= places && !evictSlowest()) return false;
      const stream = { client, request, response, since: clock(), bytesBefore: request.socket.bytesRead };
      streams.add(stream);
      response.once('close', () => streams.delete(stream));
      return true;
    },
    taken: () => streams.size,
  };
}
