import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lingerOnClose } from './lingering-close.ts';

const MIB = 1024 * 1024;
/** Longer than a test waits. */
const NEVER_MS = 600_000;
const BODY = 'x'.repeat(4 * MIB);

let server: Server;
let port: number;
let lingerMs: number | undefined;
beforeEach(async () => {
  lingerMs = undefined;
  // Answers at once, whatever is still being sent, and ends the connection.
  server = createServer((incoming, response) => {
    lingerOnClose(incoming, lingerMs);
    response.writeHead(413, { connection: 'close' }).end('too large');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => server.close());

async function statusOfUpload(): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request({ port, method: 'POST', agent: false }, (response) => response.resume().once('end', () => resolve(response.statusCode)))
    .once('error', reject)
    .end(BODY);
  return promise;
}

describe('lingerOnClose', () => {
  it('lets a client that is still writing read its answer: without it one of three uploads ends in EPIPE', async () => {
    for (let upload = 0; upload < 30; upload++) expect(await statusOfUpload()).toBe(413);
  });

  it('does not read without end', async () => {
    const socket = connect(port, '127.0.0.1')
      .on('error', () => undefined)
      .resume();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`);
    function write(): void {
      while (!socket.destroyed && socket.write(chunk));
    }
    socket.on('drain', write);
    write();
    await once(socket, 'close');
    expect(socket.bytesWritten).toBeLessThan(64 * MIB);
  });

  it('closes as soon as the body has ended', async () => {
    lingerMs = NEVER_MS;
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${MIB}\r\n\r\n${'x'.repeat(1000)}`);
    await once(socket, 'data');
    socket.write('x'.repeat(MIB - 1000));
    await expect.poll(() => promisify(server.getConnections.bind(server))()).toBe(0);
    socket.destroy();
  });
});
