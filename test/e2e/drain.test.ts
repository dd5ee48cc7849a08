import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startLoad } from './support/no-retry-client.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** Time after SIGTERM in which new connections still reach the old instance, as they do while endpoints spread in a cluster. */
const ENDPOINT_LAG_MS = 500;
const DRAIN_MS = 1500;

const running: ApiProcess[] = [];
afterEach(() => Promise.all(running.splice(0).map((api) => api.terminate())));

async function start(version: string): Promise<ApiProcess> {
  const MODEL_FILE = join(inject('models'), `iris-${version}.json`);
  const api = await startApiProcess({ MODEL_FILE, DRAIN_MS: String(DRAIN_MS) });
  running.push(api);
  return api;
}

describe('SIGTERM under load', () => {
  it('fails no request of 40 keep-alive clients that never retry, while the endpoints move to another instance', async () => {
    const [old, next] = await Promise.all([start('rf'), start('svm')]);
    let endpoint = old.port;
    const load = startLoad({ port: () => endpoint, clients: 40, path: '/predict', body: () => SETOSA });
    await expect.poll(() => load.result.answered).toBeGreaterThan(1000);

    const ended = old.terminate();
    await sleep(ENDPOINT_LAG_MS);
    endpoint = next.port;
    expect(await ended).toBe(0);

    const before = load.result.answered;
    await expect.poll(() => load.result.answered).toBeGreaterThan(before + 500);
    expect((await load.stop()).failures).toEqual([]);
  });

  it('finishes a request whose body is still arriving, and ready is 503 while health is 200', async () => {
    const api = await start('rf');
    const body = JSON.stringify(SETOSA);
    const socket = connect(api.port, '127.0.0.1');
    const head = `POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    socket.write(head + body.slice(0, 10));
    const answer = text(socket);
    expect((await api.get('/ready')).status).toBe(200);

    const ended = api.terminate();
    await expect.poll(async () => (await api.get('/ready')).status).toBe(503);
    expect((await api.get('/health')).status).toBe(200);
    socket.write(body.slice(10));
    expect(await answer).toMatch(/^HTTP\/1\.1 200 .*connection: close.*"prediction":"setosa"/is);
    expect(await ended).toBe(0);
  });

  it('a second signal ends it at once', async () => {
    const api = await start('rf');
    api.child.kill('SIGTERM');
    await expect.poll(() => api.lines.join('\n')).toContain('draining');
    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(1);
  });
});
