/** A balancer of connections, as kube-proxy is one: a connection goes to the next backend and stays there. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A listening balancer. */
export interface RoundRobinProxy {
  readonly url: string;
  /** Connections taken so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/**
 * Starts it on a free port of the loopback interface.
 *
 * @param ports backends; one that stands there three times gets three of the connections. A backend that is away breaks its connections.
 */
export async function startRoundRobinProxy(ports: readonly number[]): Promise<RoundRobinProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((caller) => {
    const backend = connect(ports[connections++ % ports.length]!, '127.0.0.1');
    for (const [socket, other] of [
      [caller, backend],
      [backend, caller],
    ] as const) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.once('error', () => other.destroy());
    }
    caller.pipe(backend).pipe(caller);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
