/** What becomes of a connection whose bytes cannot be parsed, or do not come. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerInFlight } from './in-flight.ts';
import { rawProblem } from './raw-answers.ts';

type ClientError = Error & { readonly code?: string };

const CLIENT_ERRORS: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'HEADERS_TOO_LARGE', 'The request’s header fields are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMEOUT', 'The request did not arrive in time.'],
};
const MALFORMED = [400, 'REQUEST_MALFORMED', 'This is not an HTTP request that can be read.'] as const;

/** To be called for each of the server's `clientError`s. */
export function endFaulty(error: ClientError, socket: Duplex): void {
  const answer = answerInFlight(socket);
  if (!answer) answerError(error, socket);
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    // A next request whose head has come in part: this side does not read on before it has answered.
  } else if (answer.req.complete) endAfter(answer, socket);
  else if (answer.headersSent) socket.destroy();
  else answerError(error, socket);
}

/** The fault is in what came behind a request: that one is answered still. */
function endAfter(answer: ServerResponse, socket: Duplex): void {
  socket.pause();
  // Already so at the second fault of the same bytes.
  if (!answer.shouldKeepAlive) return;
  answer.shouldKeepAlive = false;
  answer.once('close', () => socket.end());
}

function answerError(error: ClientError, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, detail] = CLIENT_ERRORS[error.code ?? ''] ?? MALFORMED;
  socket.end(rawProblem(status, code, detail));
}
