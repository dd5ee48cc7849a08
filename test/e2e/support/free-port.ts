/** A port of the loopback interface that nobody listens on. */
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds one; another process could take it before it is used, which is why servers that can take port 0 themselves should. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
