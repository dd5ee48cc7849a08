import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RequestHandler, Running } from '@iris/http-server';
import { NO_TELEMETRY } from '@iris/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { PEER_HEADER } from './lib/server/client-address.ts';
import { readConfig } from './lib/server/config.ts';
import { serve } from './serve.ts';

let running: Running | undefined;
let closed: number;
afterEach(() => running?.shutDown());

/** Serves with a handler in the pages' place; gives the port. */
async function start(handle: RequestHandler, drainMs = 0): Promise<number> {
  closed = 0;
  let announced = '';
  const config = { ...readConfig({ HOST: '127.0.0.1', DRAIN_MS: String(drainMs) }), PORT: 0 };
  const close = async () => {
    closed++;
  };
  running = await serve(config, { handle, close }, NO_TELEMETRY, (line) => {
    announced = line;
  });
  return Number(/port (\d+)/.exec(announced)?.[1]);
}

async function fetchOver(agent: Agent, port: number, headers = {}) {
  const [response] = (await once(get({ port, host: '127.0.0.1', agent, headers }), 'response')) as [IncomingMessage];
  return { body: await text(response), connection: response.headers.connection };
}

describe('serve', () => {
  it('goes on answering while it drains, each answer ending its connection, and then listens no more', async () => {
    const port = await start((_request, response) => response.end('ok'), 500);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await fetchOver(agent, port)).toEqual({ body: 'ok', connection: 'keep-alive' });
    const drained = running!.shutDown();
    expect(await fetchOver(agent, port)).toEqual({ body: 'ok', connection: 'close' });
    await drained;
    await expect(fetchOver(agent, port)).rejects.toThrow('ECONNREFUSED');
    agent.destroy();
  });

  it('waits for a request in flight, whose answer ends its connection too, and ends once however often it is asked', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const port = await start((_request, response) => arrived.resolve(() => response.end('late')));
    const asked = fetchOver(new Agent({ keepAlive: true }), port);
    const answer = await arrived.promise;
    const ends = [running!.shutDown(), running!.shutDown()];
    expect(closed).toBe(0);
    answer();
    expect(await asked).toEqual({ body: 'late', connection: 'close' });
    await Promise.all(ends);
    expect(closed).toBe(1);
  });

  it('notes the address at the other end, whatever the caller writes', async () => {
    const port = await start((request, response) => response.end(request.headers[PEER_HEADER]));
    expect((await fetchOver(new Agent(), port, { [PEER_HEADER]: '192.0.2.1' })).body).toBe('127.0.0.1');
  });

  it('makes six pages at a time; probes and calls of the API do not wait for them', async () => {
    const pages: (() => void)[] = [];
    const port = await start((request, response) => {
      if (request.url === '/page') pages.push(() => response.end('page'));
      else response.end('now');
    });
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.text());
    const asked = Array.from({ length: 20 }, () => ask('/page'));
    await expect.poll(() => pages.length).toBe(6);
    expect(await Promise.all(['/healthz', '/api/version', '/_next/static/x.js'].map(ask))).toEqual(['now', 'now', 'now']);
    expect(pages).toHaveLength(6);
    for (let made = 0; made < 20; made++) {
      await expect.poll(() => pages.length).toBeGreaterThan(0);
      pages.shift()!();
    }
    expect(await Promise.all(asked)).toEqual(Array(20).fill('page'));
  });

  it('answers with a page that it has made before, while two others are made', async () => {
    const pages: (() => void)[] = [];
    const port = await start(({ url }, response) => {
      response.setHeader('Content-Security-Policy', "script-src 'nonce-0123456789'");
      if (url === '/known') response.end('<script nonce="0123456789">');
      else pages.push(() => response.end());
    });
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.text());
    await ask('/known');
    const slow = Array.from({ length: 2 }, (_, index) => ask(`/${index}`));
    await expect.poll(() => pages.length).toBe(2);
    expect(await ask('/known')).toMatch(/^<script nonce="(?!0123456789").+">$/);
    for (const answer of pages) answer();
    await Promise.all(slow);
  });
});
