import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeTinyPieces } from './tiny-pieces.ts';

let server: Server;
let pieces: Buffer[];
let tiny: number;
let isUnread: boolean;
let isRead: PromiseWithResolvers<void>;
beforeEach(async () => {
  pieces = [];
  tiny = 0;
  isUnread = false;
  isRead = Promise.withResolvers();
  server = createServer((request, response) => {
    mergeTinyPieces(request, () => tiny++);
    if (isUnread) return;
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.end();
      isRead.resolve();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

let connection: Promise<Socket[]>;

/** Sends pieces of a byte for as long as they are taken. */
async function connectAndFlood(): Promise<Socket> {
  connection = once(server, 'connection') as Promise<Socket[]>;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const pieces = '1\r\nx\r\n'.repeat(10_000);
  const more = () => {
    while (socket.write(pieces));
  };
  socket.on('drain', more);
  more();
  return socket;
}

async function send(bodies: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  const chunks = bodies.map((body) => `${body.length.toString(16)}\r\n${body}\r\n`);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`);
  await isRead.promise;
  socket.destroy();
  return Buffer.concat(pieces).toString();
}

describe('mergeTinyPieces', () => {
  it('hands over a body of many tiny pieces in fewer ones, whole and in order, and says so once', async () => {
    const bodies = Array.from({ length: 20_000 }, (_, index) => `${index};`);
    expect(await send(bodies)).toBe(bodies.join(''));
    expect(pieces.length).toBeLessThan(2000);
    expect(tiny).toBe(1);
  });

  it.each([
    ['few tiny pieces', Array(999).fill('x')],
    ['many larger ones', Array(1500).fill('x'.repeat(300))],
  ])('leaves %s as they are', async (_case, bodies: string[]) => {
    expect(await send(bodies)).toBe(bodies.join(''));
    expect(pieces.length).toBeGreaterThanOrEqual(bodies.length);
    expect(tiny).toBe(0);
  });

  it('lets a body wait in its socket whose reader does not read on', async () => {
    isUnread = true;
    const [socket] = await Promise.all([connectAndFlood(), once(server, 'request')]);
    const [served] = (await connection) as [Socket];
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = served.bytesRead === before;
          before = served.bytesRead;
          return isStill;
        },
        { interval: 200 },
      )
      .toBe(true);
    expect(served.bytesRead).toBeLessThan(1_000_000);
    socket.destroy();
  });
});
