import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { endFaulty } from './client-errors.ts';
import { createHttpServer, type HttpServer } from './server.ts';

let http: HttpServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http?.close(0);
  http = undefined;
});

/** Sends bytes to a server that answers `/1` after a while, and gives all that it answers. */
async function send(bytes: string): Promise<{ readonly answers: string; readonly handled: readonly string[] }> {
  const handled: string[] = [];
  http = createHttpServer({
    handler: () => (request, response) => {
      handled.push(String(request.url));
      if (request.url === '/last') response.shouldKeepAlive = false;
      setTimeout(() => response.end('answered'), 50);
    },
    requestsPerConnection: 1000,
    connectionAgeMs: 60_000,
    maxConnections: 10,
    vitalPaths: [],
    bufferLimit: 1_000_000,
    clock: () => performance.now(),
    random: () => 0.5,
  });
  const socket = connect(await http.listen(0, '127.0.0.1'), '127.0.0.1');
  sockets.push(socket);
  socket.write(bytes);
  return { answers: await text(socket), handled };
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('what is no HTTP', () => {
  it('behind a request ends the connection, after the answer to that request', async () => {
    const { answers, handled } = await send(`${GET('/1')}nonsense\r\n\r\nmore of it\r\n\r\n`);
    expect(answers).toMatch(/^HTTP\/1\.1 200 .*connection: close.*answered$/is);
    expect(handled).toEqual(['/1']);
  });

  it('in a body is told instead of the answer, and ends the connection', async () => {
    const { answers } = await send('POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n');
    expect(answers).toMatch(/^HTTP\/1\.1 400 .*REQUEST_MALFORMED/s);
  });
});

describe('requests behind one whose answer ends the connection', () => {
  it('are not handled: nobody would get their answers', async () => {
    const { answers, handled } = await send(`${GET('/last')}${GET('/2')}${GET('/3')}`);
    expect(answers).toMatch(/answered$/);
    expect(handled).toEqual(['/last']);
  });
});

describe('a head that does not come in time', () => {
  const late = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

  it('ends its connection with 408', async () => {
    const socket = new PassThrough();
    endFaulty(late, socket);
    expect(await text(socket)).toContain('408 Request Timeout');
  });

  it('is no fault behind a request that is being answered: its client was not read on', () => {
    const answer = { req: { complete: true }, shouldKeepAlive: true } as ServerResponse;
    const socket = Object.assign(new PassThrough(), { _httpMessage: answer });
    endFaulty(late, socket);
    expect([answer.shouldKeepAlive, socket.writable, socket.readableLength]).toEqual([true, true, 0]);
  });
});
