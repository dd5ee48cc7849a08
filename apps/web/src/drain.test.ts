import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { watchServers } from './drain.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.closeAllConnections();
});

async function listen(server: Server): Promise<number> {
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function fetchOver(agent: Agent, port: number) {
  const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage];
  return { body: await text(response), connection: response.headers.connection };
}

describe('watchServers', () => {
  it('goes on answering while it drains, each answer ending its connection, and then listens no more', async () => {
    const drain = watchServers();
    const server = createServer((_request, response) => response.end('ok'));
    const port = await listen(server);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await fetchOver(agent, port)).toEqual({ body: 'ok', connection: 'keep-alive' });
    const drained = drain({ drainMs: 200, shutdownMs: 5000 });
    expect(await fetchOver(agent, port)).toEqual({ body: 'ok', connection: 'close' });
    expect(await fetchOver(agent, port)).toEqual({ body: 'ok', connection: 'close' });
    await drained;
    expect(server.listening).toBe(false);
    agent.destroy();
  });

  it('waits for a request in flight, whose answer ends its connection too', async () => {
    const drain = watchServers();
    const arrived = Promise.withResolvers<() => void>();
    const port = await listen(createServer((_request, response) => arrived.resolve(() => response.end('late'))));
    const asked = fetchOver(new Agent({ keepAlive: true }), port);
    const answer = await arrived.promise;
    let over = false;
    const drained = drain({ drainMs: 0, shutdownMs: 5000 }).then(() => {
      over = true;
    });
    await expect.poll(() => open[0]!.listening).toBe(false);
    expect(over).toBe(false);
    answer();
    expect(await asked).toEqual({ body: 'late', connection: 'close' });
    await drained;
  });

  it('does not wait beyond its deadline', async () => {
    const drain = watchServers();
    const arrived = Promise.withResolvers<void>();
    const port = await listen(createServer(() => arrived.resolve()));
    const asked = fetchOver(new Agent(), port).catch(() => 'ended');
    await arrived.promise;
    await drain({ drainMs: 0, shutdownMs: 50 });
    open[0]!.closeAllConnections();
    expect(await asked).toBe('ended');
  });

  it('drains once, however often it is asked to', () => {
    const drain = watchServers();
    const times = { drainMs: 0, shutdownMs: 0 };
    expect(drain(times)).toBe(drain(times));
  });
});
