import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from './listeners.ts';

describe('listen', () => {
  it('gives the server the connections of all its sockets', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    const { port, close } = await listen(server, 0, '127.0.0.1');
    // One socket of 32 gets all forty with a probability of 32 ^ -39.
    const bodies = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
        return answer.text();
      }),
    );
    expect(bodies).toEqual(Array.from({ length: 40 }, () => 'ok'));
    await close();
  });

  it('refuses an address that another process listens on, though that one shares it', async () => {
    const first = await listen(createServer(), 0, '127.0.0.1');
    await expect(listen(createServer(), first.port, '127.0.0.1')).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: expect.stringContaining(`cannot listen on 127.0.0.1:${first.port}`),
    });
    await first.close();
  });

  it('refuses an address that another process has for itself', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(listen(createServer(), port, '127.0.0.1')).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
    other.close();
  });

  it('leaves the address free once all connections have ended', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    const { port, close } = await listen(server, 0, '127.0.0.1');
    const open = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      }),
    );
    let closed = false;
    const closing = close().then(() => {
      closed = true;
    });
    for (const socket of open.slice(1)) socket.destroy();
    await once(open[1]!, 'close');
    expect(closed).toBe(false);
    open[0]!.destroy();
    await closing;
    await expect(listen(createServer(), port, '127.0.0.1').then((again) => again.close())).resolves.toBeUndefined();
  });
});
