/**
 * Closes a connection whose request is still being sent so that its client can read the answer.
 *
 * To close a socket with unread bytes in it makes the kernel send a reset, at which the client's own kernel throws away what it had
 * received: a client that is still writing a body sees EPIPE or ECONNRESET instead of the 413. So this side says that it will write no
 * more, goes on reading what comes, within bounds, and closes then: as nginx's `lingering_close` does (RFC 9112, 9.6).
 */
import type { IncomingMessage } from 'node:http';

/** A client that needs longer than this to stop has not read the answer at all. */
const LINGER_MS = 2000;
/** What is read and thrown away at most. */
const LINGER_BYTES = 16 * 1024 * 1024;

/** To be called for a request whose answer may come before its body has ended: a small body is on the way to the socket's buffer. */
export function lingerOnClose(request: IncomingMessage, lingerMs = LINGER_MS): void {
  const { socket } = request;
  // Node calls it when the last answer of a connection has been handed to the kernel. Of several requests the last one counts.
  socket.destroySoon = function closeLingering() {
    Reflect.deleteProperty(socket, 'destroySoon');
    if (request.complete || socket.destroyed) socket.destroySoon();
    else linger(request, lingerMs);
  };
}

function linger(request: IncomingMessage, lingerMs: number): void {
  const { socket } = request;
  let left = LINGER_BYTES;
  const close = () => socket.destroy();
  const timer = setTimeout(close, lingerMs);
  socket.once('close', () => clearTimeout(timer));
  request
    .once('end', close)
    .on('error', close)
    .on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) close();
    });
  socket.end();
}
