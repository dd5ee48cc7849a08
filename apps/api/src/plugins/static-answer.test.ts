import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keep, sendShared } from './static-answer.ts';

const BYTES = Buffer.alloc(3_000_000, 'iris');

describe('sendShared', () => {
  it.each([0, 1, 16_384, 16_385, BYTES.length])('sends %d bytes as they are, with their number', async (length) => {
    const app = Fastify();
    app.get('/', (_request, reply) => sendShared(reply, BYTES.subarray(0, length)));
    const answer = await app.inject('/');
    expect(answer.headers['content-length']).toBe(String(length));
    expect(answer.rawPayload.equals(BYTES.subarray(0, length))).toBe(true);
  });

  it('hands a client that does not read no more than a slice beyond what the kernel takes', async () => {
    const app = Fastify();
    app.get('/', (_request, reply) => sendShared(reply, Buffer.concat(Array(10).fill(BYTES))));
    await app.listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => app.close());
    const [[served]] = await Promise.all([once(app.server, 'connection'), ask((app.server.address() as AddressInfo).port)]);
    await expect.poll(() => served.writableLength).toBeGreaterThan(0);
    expect(served.writableLength).toBeLessThanOrEqual(5 * 16_384);
  });
});

async function ask(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').pause();
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
}

describe('keep', () => {
  it('makes a thing once, but tries again after a failure', async () => {
    let made = 0;
    const get = keep(() => {
      if (++made === 1) throw new Error('not yet');
      return made;
    });
    await expect(get()).rejects.toThrow('not yet');
    expect(await Promise.all([get(), get()])).toEqual([2, 2]);
  });
});
