import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const SLOW_CLIENTS = 50;

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
});
afterAll(() => api.terminate());

/** Sends bytes, then nothing; resolves with all that is answered until the connection ends. */
async function send(bytes: string | Buffer): Promise<string> {
  const socket = connect(api.port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

function post(path: string, body: string | Buffer, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(api.url + path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
}

async function expectUnharmed(): Promise<void> {
  expect(await api.send('/predict', SETOSA)).toMatchObject({ prediction: 'setosa' });
}

describe('hostile requests', () => {
  it.each([
    ['JSON nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 422],
    ['4 MB of JSON', JSON.stringify({ x: 'y'.repeat(4_000_000) }), 413],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x01]), 400],
    ['a prototype', '{"__proto__":{"polluted":true}}', 400],
  ])('%s is a 4xx and the process goes on', async (_case, body, status) => {
    const response = await post('/predict', body, { 'content-type': 'application/json' });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status });
    await expectUnharmed();
  });

  it('a gzip bomb is refused before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    for (const path of ['/predict', '/predict/batch', '/invocations', '/v2/models/iris/infer']) {
      const response = await post(path, bomb, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      expect(response.status, path).toBeLessThan(500);
    }
    await expectUnharmed();
  });

  it.each([
    [
      'a body that ends early',
      'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    ],
    [
      'chunks that are none',
      'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
  ])('%s harms nobody', async (_case, bytes) => {
    const socket = connect(api.port, '127.0.0.1');
    socket.end(bytes);
    expect(await text(socket)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    await expectUnharmed();
  });

  it('an upload whose client goes away in the middle ends without a trace in the error log', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      'POST /predict/batch?log=false HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const line = `${JSON.stringify(SETOSA)}\n`;
    socket.write(`${line.length.toString(16)}\r\n${line}\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await expectUnharmed();
    expect(api.lines.filter((entry) => JSON.parse(entry).level >= 50)).toEqual([]);
  });
});

describe('slow senders', () => {
  it(`${SLOW_CLIENTS} heads and bodies that do not end are ended within 15 s, while others are answered`, {
    timeout: 40_000,
  }, async () => {
    const startedAt = performance.now();
    const body = 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    const answers = Array.from({ length: SLOW_CLIENTS }, (_, index) => send(index % 2 === 0 ? 'GET / HTTP/1.1\r\nHost:' : body));
    await expectUnharmed();
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"REQUEST_TIMEOUT"/s);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  it('a stream that sends a line now and then is not ended while it makes progress', { timeout: 40_000 }, async () => {
    const socket: Socket = connect(api.port, '127.0.0.1');
    const answered = text(socket);
    socket.write(
      'POST /predict/batch?log=false HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const line = `${JSON.stringify(SETOSA)}\n`;
    let sent = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const feed = setInterval(() => {
      socket.write(`${line.length.toString(16)}\r\n${line}\r\n`);
      if (++sent === 6) resolve();
    }, 2000);
    await promise;
    clearInterval(feed);
    socket.write('0\r\n\r\n');
    expect((await answered).match(/"prediction":"setosa"/g)).toHaveLength(6);
  });
});
