import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer, type RequestHandler } from './server.ts';

const GET = (path: string | number) => `GET /${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

let http: HttpServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http.close(0);
});

async function start(handler: (...exchange: Parameters<RequestHandler>) => unknown): Promise<number> {
  http = createHttpServer({
    handler: () => (request, response) => void handler(request, response),
    requestsPerConnection: 100_000,
    connectionAgeMs: 600_000,
    maxConnections: 100,
    vitalPaths: [],
    bufferLimit: 1_000_000,
    clock: () => performance.now(),
    random: () => 0.5,
  });
  return http.listen(0, '127.0.0.1');
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

describe('requests of a client that does not wait for its answers', () => {
  it('are handled one after the other and answered in their order, bodies among them', async () => {
    let inHand = 0;
    let most = 0;
    const port = await start(async (request, response) => {
      most = Math.max(most, ++inHand);
      const body = await text(request);
      inHand--;
      response.end(`${request.url}${body}\n`);
    });
    const socket = open(port);
    const post = (path: number) => `POST /${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n:b`;
    for (let path = 0; path < 500; path++) socket.write(path % 2 === 0 ? GET(path) : post(path));
    socket.write('GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const answers = await text(socket);
    const expected = Array.from({ length: 500 }, (_, path) => (path % 2 === 0 ? `/${path}` : `/${path}:b`));
    expect(answers.match(/^\/.*$/gm)).toEqual([...expected, '/last']);
    expect(most).toBe(1);
  });

  it('do not hold up another client', async () => {
    const port = await start((_request, response) => response.end('ok'));
    const crowd = open(port);
    crowd.write(GET('many').repeat(2000));
    const other = open(port);
    other.write('GET /one HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(other)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('are listened for once on a connection, however often they begin to wait', async () => {
    const port = await start((_request, response) => response.end('ok\n'));
    const socket = open(port);
    let answered = 0;
    socket.setEncoding('latin1').on('data', (data: string) => {
      answered += data.match(/^ok$/gm)?.length ?? 0;
    });
    for (let round = 1; round <= 30; round++) {
      socket.write(GET('x').repeat(3));
      await expect.poll(() => answered).toBe(3 * round);
    }
    const [connection] = http.connections.all();
    expect(connection!.socket.listenerCount('close')).toBeLessThan(10);
  });

  it('wait unread while an answer is not read', async () => {
    let handled = 0;
    const large = Buffer.alloc(7 * 1024 * 1024);
    const port = await start((_request, response) => {
      handled++;
      response.end(large);
    });
    const socket = open(port).pause();
    const request = GET('x'.repeat(1000));
    const TOTAL = 20_000;
    for (let count = 0; count < TOTAL; count++) socket.write(request);
    await expect.poll(() => handled).toBe(1);
    // Far more was sent than one look at a socket brings, and the rest stays with its sender.
    const taken = () => TOTAL * request.length - socket.writableLength;
    await expect
      .poll(async () => [taken(), await new Promise((resolve) => setTimeout(() => resolve(taken()), 500))])
      .toSatisfy(([before, after]: number[]) => before === after);
    expect(socket.writableLength).toBeGreaterThan(5_000_000);
    expect(handled).toBe(1);
  });

  it('are cut off with their connection, the longest queue first, when all queues together are too long', async () => {
    const release = Promise.withResolvers<void>();
    let handled = 0;
    const port = await start(async (_request, response) => {
      handled++;
      await release.promise;
      response.end('ok\n');
    });
    const short = open(port);
    short.write(GET('short').repeat(3));
    await expect.poll(() => handled).toBe(1);
    const long = Array.from({ length: 3 }, () => open(port));
    for (const socket of long) socket.write('GET / HTTP/1.1\r\nHost:x\r\n\r\n'.repeat(2400));
    await expect.poll(() => http.connections.count()).toBeLessThan(4);
    expect(short.destroyed).toBe(false);
    release.resolve();
    short.write('GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect((await text(short)).match(/^ok$/gm)).toHaveLength(4);
  });
});
