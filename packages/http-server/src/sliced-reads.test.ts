import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rememberSliced, type SlicedReads } from './sliced-reads.ts';

let server: Server;
let port: number;
let now: number;
let sliced: SlicedReads;
let onRequest: (...exchange: Parameters<RequestListener>) => unknown;
beforeEach(async () => {
  now = 0;
  connections.clear();
  sliced = rememberSliced(() => now);
  onRequest = (request, response) => {
    request.resume().on('end', () => response.end('ok'));
  };
  server = createServer((request, response) => void onRequest(request, response));
  server.on('connection', (socket) => open(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Connections as the server's account has them, of one client. */
const connections = new Map<Socket, Parameters<SlicedReads['open']>[0] & { waiting: [] | undefined }>();

function open(socket: Socket): void {
  const connection = { client: 'client', socket, waiting: undefined };
  connections.set(socket, connection);
  sliced.open(connection);
}

/** The number of requests that are parsed of 2,000 before the second can stop them. */
async function parsedAtOnce(): Promise<number> {
  let parsed = 0;
  const stopped = Promise.withResolvers<number>();
  onRequest = ({ socket }) => {
    if (++parsed !== 2) return;
    connections.get(socket)!.waiting = [];
    process.nextTick(() => socket.pause());
    setTimeout(() => stopped.resolve(parsed), 200);
  };
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost:x\r\n\r\n'.repeat(2000));
  const count = await stopped.promise;
  socket.destroy();
  return count;
}

describe('reads in slices', () => {
  it('are for clients of which they were begun, on their later connections too, for ten minutes', async () => {
    expect(await parsedAtOnce()).toBeGreaterThan(500);
    sliced.begin([...connections.values()][0]!);
    const MOST = 2048 / 26 + 1;
    expect(await parsedAtOnce()).toBeLessThanOrEqual(MOST);
    now = 599_999;
    expect(await parsedAtOnce()).toBeLessThanOrEqual(MOST);
    now = 600_000;
    expect(await parsedAtOnce()).toBeGreaterThan(500);
  });

  it('may begin in the middle of a connection, and change nothing of what is read', async () => {
    const bodies: string[] = [];
    onRequest = async (request, response) => {
      bodies.push(await text(request));
      response.end('ok');
    };
    const body = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('');
    const head = (fields: string) => `POST /${'p'.repeat(3000)} HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(5000)}\r\n${fields}\r\n`;
    const client = connect(port, '127.0.0.1');
    client.write(`${head('Content-Length: 5\r\n')}first`);
    await expect.poll(() => bodies).toHaveLength(1);
    const connection = [...connections.values()].at(-1)!;
    sliced.begin(connection);
    sliced.begin(connection);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    client.write(`${head('Transfer-Encoding: chunked\r\n')}${chunk}`);
    client.write(`${head('Connection: close\r\nContent-Length: 4\r\n')}last`);
    expect((await text(client)).match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(bodies).toEqual(['first', body, 'last']);
  });
});
