/** A port for a program that is told which one to take. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems give to those who ask for any port, and to outgoing connections: none of these takes it meanwhile. */
const FIRST = 10_000;
const LAST = 29_999;

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.once('listening', () => resolve(true)).once('error', () => resolve(false));
  const free = await promise;
  if (free) {
    server.close();
    await once(server, 'close');
  }
  return free;
}
