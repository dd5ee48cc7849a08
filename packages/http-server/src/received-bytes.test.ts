import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer, type HttpServerOptions } from './server.ts';

const LIMIT = 200_000;
const HEAD = 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';

let http: HttpServer;
const sockets: Socket[] = [];
/** Bytes of each body, once it is whole. */
let bodies: number[];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http.close(0);
});

async function start(change: Partial<HttpServerOptions> = {}): Promise<number> {
  bodies = [];
  http = createHttpServer({
    handler: () => async (request, response) => {
      const body = await text(request).catch(() => undefined);
      if (body === undefined) return;
      bodies.push(body.length);
      response.end(`${body.length}`);
    },
    requestsPerConnection: 100,
    connectionAgeMs: 10_000,
    maxConnections: 1000,
    vitalPaths: [],
    bufferLimit: LIMIT,
    clock: () => performance.now(),
    random: () => 0.5,
    ...change,
  });
  return http.listen(0, '127.0.0.1');
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

const chunk = (data: string) => `${data.length.toString(16)}\r\n${data}\r\n`;

async function post(port: number, body: string): Promise<string> {
  const socket = open(port);
  socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
  return text(socket);
}

describe('bodies in flight', () => {
  it('of unknown or great length cost what has come of them: all of a hundred at once are answered', async () => {
    const port = await start();
    const chunked = open(port);
    chunked.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk('1')}`);
    for (let count = 0; count < 100; count++) {
      const head = count % 2 === 0 ? 'Transfer-Encoding: chunked\r\n\r\n1\r\n1\r\n' : 'Content-Length: 2000000\r\n\r\n1';
      open(port).write(HEAD + head);
    }
    await expect.poll(() => http.connections.count()).toBe(101);
    expect(await post(port, 'x'.repeat(100_000))).toMatch(/100000$/);
    chunked.write('0\r\n\r\n');
    expect(await text(chunked)).toMatch(/\r\n\r\n1$/);
  });

  it('beyond the bound are refused with 503 and Retry-After, the slowest of the client that holds most', async () => {
    let now = 0;
    const port = await start({ clock: () => now });
    const slow = open(port);
    slow.write(`${HEAD}Content-Length: 190000\r\n\r\n${'x'.repeat(150_000)}`);
    const answered = text(slow);
    await expect.poll(() => http.heldBytes()).toBeGreaterThan(150_000);
    now = 5000;
    expect(await post(port, 'y'.repeat(100_000))).toMatch(/100000$/);
    expect(await answered).toMatch(/^HTTP\/1\.1 503 .*retry-after: 1.*"code":"OVERLOADED"/is);
    await expect.poll(() => http.heldBytes()).toBe(0);
  });

  it('are counted with what each of their pieces costs', async () => {
    const port = await start();
    const other = open(port);
    other.write(`${HEAD}Content-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`);
    await expect.poll(() => http.heldBytes()).toBeGreaterThan(50_000);
    const bomb = open(port);
    bomb.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk('x').repeat(2000)}`);
    expect(await text(bomb)).toMatch(/^HTTP\/1\.1 503 /);
    other.write('x'.repeat(50_000));
    expect(await text(other)).toMatch(/100000$/);
  });

  it('may be larger than the bound when they are alone', async () => {
    const port = await start();
    expect(await post(port, 'x'.repeat(3 * LIMIT))).toMatch(new RegExp(`${3 * LIMIT}$`));
  });

  it('are let go with their answer, or with their client', async () => {
    const port = await start();
    await post(port, 'x'.repeat(100_000));
    const gone = open(port);
    gone.write(`${HEAD}Content-Length: 100000\r\n\r\n${'x'.repeat(50_000)}`);
    await expect.poll(() => http.heldBytes()).toBeGreaterThan(50_000);
    gone.destroy();
    await expect.poll(() => http.heldBytes()).toBe(0);
    expect(bodies).toEqual([100_000]);
  });
});
