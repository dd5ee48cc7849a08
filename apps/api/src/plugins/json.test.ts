import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import Fastify from 'fastify';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createTestApp, SETOSA } from '../test-app.ts';
import { installJson } from './json.ts';

const { app } = await createTestApp();
await app.listen({ port: 0, host: '127.0.0.1' });
const { port } = app.server.address() as { port: number };
afterAll(() => app.close());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

const post = (url: string, payload: object | string) =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } });
const LARGE_BATCH = JSON.stringify({ instances: Array(2000).fill(SETOSA) });

/** Sends a large batch and reads nothing of its answer. */
function sendLarge(): Socket {
  const socket = connect(port, '127.0.0.1').pause();
  sockets.push(socket);
  const head = `POST /predict/batch?log=false HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${LARGE_BATCH.length}`;
  socket.write(`${head}\r\n\r\n${LARGE_BATCH}`);
  return socket;
}

async function askLarge(): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const url = `http://127.0.0.1:${port}/predict/batch?log=false`;
  const { predictions } = (await (await fetch(url, { method: 'POST', headers, body: LARGE_BATCH })).json()) as {
    predictions: object[];
  };
  return predictions.length;
}

describe('a JSON body', () => {
  it.each([
    [
      'an object of 60,000 names',
      Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`k${index}`, index])),
      'must not have objects of more than 10,000 names',
    ],
    ['100,000 brackets', '['.repeat(100_000), 'must not nest deeper than 64 levels'],
  ])('that is %s is not parsed', async (_case, body, detail) => {
    const response = await post('/predict', body);
    expect([response.statusCode, response.json().errors]).toEqual([422, [{ pointer: '', detail }]]);
  });

  it('of 10,000 samples in one batch is', async () => {
    const response = await post('/predict/batch?log=false', { instances: Array(10_000).fill(SETOSA) });
    expect(response.json().predictions).toHaveLength(10_000);
  });
});

describe('large JSON bodies', () => {
  it('are worked on one at a time, from parsing to answer', async () => {
    const own = Fastify();
    installJson(own);
    const steps: string[] = [];
    own.post('/', async ({ body }) => {
      const { name } = body as { name: string };
      steps.push(`${name} begins`);
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      steps.push(`${name} ends`);
      return {};
    });
    const address = await own.listen({ port: 0, host: '127.0.0.1' });
    const ask = (name: string) => {
      const body = JSON.stringify({ name, filler: 'x'.repeat(100_000) });
      return fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    };
    await Promise.all(['a', 'b', 'c'].map(ask));
    await own.close();
    for (let index = 0; index < steps.length; index += 2) {
      expect(steps[index + 1]).toBe(steps[index]!.replace('begins', 'ends'));
    }
    expect(steps).toHaveLength(6);
  });

  it('are answered though several come together', async () => {
    expect(await Promise.all(Array.from({ length: 4 }, askLarge))).toEqual([2000, 2000, 2000, 2000]);
  });

  it('do not wait for clients that do not read their answers, or that have left', async () => {
    for (let index = 0; index < 3; index++) sendLarge();
    const left = sendLarge();
    left.end(() => left.destroy());
    expect(await askLarge()).toBe(2000);
  });
});
