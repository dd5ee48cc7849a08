/** Answers whose bytes never change: one buffer for all clients, however many there are and however slowly they read. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** What is handed to a socket at a time; the next when the client has read it. */
const SLICE_BYTES = 16_384;

/** Sends bytes without a copy of them for each client. */
export function sendShared(reply: FastifyReply, bytes: Buffer): FastifyReply {
  if (bytes.length <= SLICE_BYTES) return reply.send(bytes);
  return reply
    .header('content-length', bytes.length)
    .send(Readable.from(slices(bytes), { objectMode: false, highWaterMark: SLICE_BYTES }));
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) yield bytes.subarray(start, start + SLICE_BYTES);
}

/** Reads or makes something when it is first asked for, and keeps it; a failure is not kept. */
export function keep<T>(make: () => Promise<T> | T): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return function get() {
    kept ??= new Promise<T>((resolve) => resolve(make())).catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}
