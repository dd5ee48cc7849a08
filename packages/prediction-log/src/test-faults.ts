/** Faults for tests against a real PostgreSQL: a proxy that cuts connections, and a server that stands still. */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { kill } from 'node:process';

/** A TCP proxy before a server on 127.0.0.1. */
export interface CuttingProxy {
  readonly port: number;
  /** Connections taken so far. */
  connections(): number;
  /** Answers swallowed so far. */
  cuts(): number;
  /** Swallows the answer to the next statement that is longer than `minBytes`, and ends its connection: the server has done its work. */
  cutNextAnswer(minBytes: number): void;
  close(): Promise<void>;
}

/** Starts the proxy on a free port. */
export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  let [connections, cuts, minBytes] = [0, 0, Number.POSITIVE_INFINITY];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(targetPort, '127.0.0.1');
    let isDoomed = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      if (chunk.length > minBytes) {
        isDoomed = true;
        minBytes = Number.POSITIVE_INFINITY;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!isDoomed) {
        client.write(chunk);
        return;
      }
      cuts += 1;
      client.destroy();
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    cuts: () => cuts,
    cutNextAnswer: (bytes) => {
      minBytes = bytes;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Stops (SIGSTOP) a server and its processes; the returned function lets them go on. Linux only: children are read from /proc. */
export async function freeze(pid: number): Promise<() => void> {
  kill(pid, 'SIGSTOP');
  const pids = [pid, ...(await childrenOf(pid))];
  for (const each of pids) kill(each, 'SIGSTOP');
  return () => {
    for (const each of pids) kill(each, 'SIGCONT');
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')));
  return lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number));
}
