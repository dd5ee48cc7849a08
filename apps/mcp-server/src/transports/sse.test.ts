import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/server';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { registerSse } from './sse.ts';

const MAX_AGE_MS = 60_000;
const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** The transport before a server that answers nothing but pings; `at` sets the time. */
async function start(random = 0) {
  let time = 0;
  const app = Fastify();
  const sse = registerSse(app, {
    factory() {
      const { server } = new McpServer({ name: 'test', version: '1' });
      server.fallbackRequestHandler = () => new Promise(() => undefined);
      return server;
    },
    peers: () => undefined,
    maxStreams: 100,
    keepAliveMs: 5,
    maxAgeMs: MAX_AGE_MS,
    metrics: createMetrics(() => 0),
    logger: pino({ level: 'silent' }),
    now: () => time,
    random: () => random,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  running.push(async () => {
    sse.close();
    app.server.closeAllConnections();
    await app.close();
  });

  async function open() {
    const reader = (await fetch(`${origin}/sse`)).body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value = '' } = await reader.read();
    const endpoint = origin + /^data: (.*)$/m.exec(value)![1];
    const send = (message: object) =>
      fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      });
    const ended = async () => {
      for (let part = await reader.read(); !part.done; ) part = await reader.read();
    };
    /** Statuses of so many calls that are never answered. */
    const call = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, (_, id) => send({ id, method: 'test/never' })));
      return Object.groupBy(answers, ({ status }) => status);
    };
    return { send, call, ended };
  }
  return { open, at: (ms: number) => (time = ms) };
}

describe('calls in flight', () => {
  it('of one stream are bounded; what is no call still comes through, and makes room', async () => {
    const { open } = await start();
    const stream = await open();
    expect((await stream.call(100))[202]).toHaveLength(100);
    const refused = await stream.send({ id: 100, method: 'test/never' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await stream.send({ method: 'notifications/cancelled', params: { requestId: 7 } })).status).toBe(202);
    expect((await stream.send({ id: 100, method: 'test/never' })).status).toBe(202);
  });

  it('of all streams are bounded', async () => {
    const { open } = await start();
    const streams = await Promise.all(Array.from({ length: 11 }, open));
    for (const stream of streams.slice(1)) expect((await stream.call(100))[202]).toHaveLength(100);
    expect((await streams[0]!.send({ id: 1, method: 'ping' })).status).toBe(503);
  });
});

describe('the age of a stream', () => {
  it.each([0, 0.999])('is varied (%d), and ends it between two calls', async (random) => {
    const { open, at } = await start(random);
    const stream = await open();
    at(MAX_AGE_MS * (1 - 0.25 * random) + 1);
    await stream.ended();
  });
});
