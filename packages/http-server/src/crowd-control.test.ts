import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from './server.ts';

let http: HttpServer;
let port: number;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http.close(0);
});

async function start(maxConnections: number): Promise<void> {
  http = createHttpServer({
    handler: () => (request, response) => {
      if (request.url === '/kept') response.write('in work');
      else response.end(`served ${request.url}`);
    },
    requestsPerConnection: 100,
    connectionAgeMs: 10_000,
    maxConnections,
    vitalPaths: ['/ready'],
    bufferLimit: 1000,
    clock: () => performance.now(),
    random: () => 0.5,
  });
  port = await http.listen(0, '127.0.0.1');
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Takes a place until the test ends, with a request that is being worked on. */
async function occupy(): Promise<Socket> {
  const socket = await open();
  socket.write('GET /kept HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

describe('controlCrowd', () => {
  it('refuses what is beyond the bound with a problem that says when to try again, and ends the connection', async () => {
    await start(1);
    await occupy();
    const socket = await open();
    socket.write(request('/predict'));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(answer).toMatch(/^Retry-After: 1\r$/m);
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status: 503, code: 'OVERLOADED' });
  });

  it('says nothing before it is asked', async () => {
    await start(1);
    await occupy();
    const silent = await open();
    const asking = await open();
    asking.write(request('/predict'));
    await text(asking);
    expect(silent.bytesRead).toBe(0);
    expect(silent.destroyed).toBe(false);
  });

  it('lets the answer be read by a client that is still sending a large body', async () => {
    await start(1);
    await occupy();
    const socket = await open();
    socket.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n');
    const answer = text(socket);
    for (let sent = 0; sent < 40; sent++) socket.write(Buffer.alloc(100_000));
    expect(await answer).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('serves probes all the same', async () => {
    await start(1);
    await occupy();
    const socket = await open();
    socket.write(request('/ready?full'));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*served \/ready\?full/);
    const other = await open();
    other.write(request('/readymade'));
    expect(await text(other)).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('serves such a connection one answer only', async () => {
    await start(1);
    await occupy();
    const socket = await open();
    socket.write('GET /ready HTTP/1.1\r\nHost: x\r\n\r\nGET /predict HTTP/1.1\r\nHost: x\r\n\r\n');
    const answers = await text(socket);
    expect(answers).toMatch(/^Connection: close\r$/m);
    expect(answers).not.toContain('served /predict');
  });

  it('takes the next one into service as soon as there is room', async () => {
    await start(1);
    const first = await occupy();
    first.destroy();
    await expect.poll(() => http.connections.count()).toBe(0);
    const socket = await open();
    socket.write(request('/predict'));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('ends a connection that does nothing rather than refuse one that asks', async () => {
    await start(1);
    const silent = await open();
    await expect
      .poll(async () => {
        const socket = await open();
        socket.write(request('/predict'));
        return text(socket);
      })
      .toMatch(/^HTTP\/1\.1 200 /);
    expect(silent.closed || (await once(silent, 'close'))).toBeTruthy();
  });

  it('cuts off what comes while ten times as many are being refused as are served', async () => {
    await start(1);
    await occupy();
    await Promise.all(Array.from({ length: 10 }, open));
    const twelfth = connect(port, '127.0.0.1');
    sockets.push(twelfth);
    twelfth.on('error', () => undefined);
    await once(twelfth, 'close');
    expect(twelfth.bytesRead).toBe(0);
  });

  it('forgets a refused connection that goes away, or never asks', async () => {
    await start(1);
    await occupy();
    (await open()).destroy();
    const silent = await open();
    // Refused with an answer, not cut off: the one that went away left its place.
    await expect
      .poll(async () => {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => undefined);
        socket.write(request('/predict'));
        return text(socket).catch(() => '');
      })
      .toMatch(/^HTTP\/1\.1 503 /);
    expect(silent.bytesRead).toBe(0);
  });
});
