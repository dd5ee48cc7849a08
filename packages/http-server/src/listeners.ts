/**
 * Listens on one port with several sockets.
 *
 * The event loop accepts one connection of a socket at each of its turns (libuv since 1.45), and a turn of a busy server, which answers what hundreds of
 * connections have sent, is long: new clients, and the probes among them, wait then until the kernel gives their connections up. With
 * 32 sockets on the port a turn accepts 32.
 */
import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';

const SOCKETS = 32;
/** Connections that each socket lets wait; the kernel bounds it too. */
const BACKLOG = 1024;

/** The address cannot be listened on; one line says why. */
class ListenError extends Error {
  readonly code = 'LISTEN_FAILED';

  constructor(host: string, port: number, cause: Error) {
    super(`PORT: cannot listen on ${host.includes(':') ? `[${host}]` : host}:${port}: ${cause.message}`, { cause });
    this.name = 'ListenError';
  }
}

/** Sockets beside the server's own, which hand it their connections. */
export interface Listeners {
  readonly port: number;
  /** Takes no more connections and resolves when all that came have ended. */
  close(): Promise<void>;
}

/**
 * Listens with the server and, where the system shares a port among sockets, with others for it.
 *
 * @param port 0 takes a free one.
 * @throws ListenError
 */
export async function listen(server: HttpServer, port: number, host: string): Promise<Listeners> {
  try {
    // Sockets that share a port share it with those of other processes too: whether it is free is seen without sharing.
    if (port !== 0) await assertFree(port, host);
    const others = await listenShared(server, { port, host, backlog: BACKLOG });
    const sockets = [server, ...others];
    return {
      port: portOf(server),
      async close() {
        await Promise.all(sockets.map(stop));
      },
    };
  } catch (error) {
    throw new ListenError(host, port, error as Error);
  }
}

async function assertFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  await start(probe, { port, host });
  await stop(probe);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function listenShared(server: HttpServer, options: ListenOptions): Promise<Server[]> {
  try {
    await start(server, { ...options, reusePort: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTSUP') throw error;
    await start(server, options);
    return [];
  }
  // What Node's HTTP server asks of its own sockets.
  const others = Array.from({ length: SOCKETS - 1 }, () => createServer({ allowHalfOpen: true, noDelay: true }));
  for (const other of others) {
    other.on('connection', (socket) => server.emit('connection', socket));
    await start(other, { ...options, port: portOf(server), reusePort: true });
  }
  return others;
}

function start(server: Server, options: ListenOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}
