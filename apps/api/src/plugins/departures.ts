/** Clients that leave before they have their answer: no fault of anybody, and one line in the log. */
import type { FastifyBaseLogger, FastifyReply } from 'fastify';

/** How a body that breaks off, an answer that nobody takes, and work that was given up for it end. */
const ENDINGS: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR', 'AbortError']);

/** Whether an error is nothing but the client's having left. */
export function isDeparture(error: unknown, { raw, request }: FastifyReply): boolean {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  const hasLeft = raw.destroyed || request.raw.destroyed;
  return hasLeft && !raw.writableFinished && (ENDINGS.has(code) || ENDINGS.has(name));
}

/** Logs it, once for each request. */
export function logDeparture(logger: FastifyBaseLogger, { request }: FastifyReply): void {
  logger.info({ reqId: request.id, route: request.routeOptions.url }, 'the client left before the answer was complete');
}

/** Logs it of a streamed answer that has begun. */
export function watchDeparture(logger: FastifyBaseLogger, reply: FastifyReply): void {
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) logDeparture(logger, reply);
  });
}

/** The answers until the client leaves. */
export async function* untilDeparture(answers: AsyncIterable<string>, reply: FastifyReply): AsyncGenerator<string> {
  try {
    yield* answers;
  } catch (error) {
    if (!isDeparture(error, reply)) throw error;
  }
}
