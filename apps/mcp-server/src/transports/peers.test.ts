import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createPeers, HOP_HEADER, peerAddress } from './peers.ts';

const NOW = 1_000_000;
const mine = createPeers('10.0.0.1:8000', 'key');
const other = createPeers('10.0.0.2:8000', 'key');
const claimOf = (query: string) => Object.fromEntries(new URLSearchParams(query));

describe('ownerOf', () => {
  const claim = claimOf(other.claim('session', NOW + 1));

  it('believes a claim that a replica with the same key has signed', () => {
    expect(mine.ownerOf(claim, NOW)).toBe('10.0.0.2:8000');
  });

  it('never is this replica itself: it knows its own sessions', () => {
    expect(mine.ownerOf(claimOf(mine.claim('session', NOW + 1)), NOW)).toBeUndefined();
  });

  it.each([
    ['another address', { owner: '10.0.0.3:8000' }],
    ['another session', { sessionId: 'other' }],
    ['a later expiry', { expires: String(NOW + 2) }],
    ['an expiry that is no number', { expires: 'never' }],
    ['another signature', { signature: 'A'.repeat(43) }],
    ['a shorter signature', { signature: '' }],
    ['a list for a name', { owner: ['10.0.0.2:8000', '10.0.0.3:8000'] }],
    ['no owner', { owner: undefined }],
  ])('does not believe %s', (_name, change) => {
    expect(mine.ownerOf({ ...claim, ...change }, NOW)).toBeUndefined();
  });

  it('does not believe a claim after its time, nor one of another key', () => {
    expect(mine.ownerOf(claim, NOW + 1)).toBeUndefined();
    expect(mine.ownerOf(claimOf(createPeers('10.0.0.2:8000', 'stolen').claim('session', NOW + 1)), NOW)).toBeUndefined();
  });

  it.each(['8.8.8.8:80', 'metadata.internal:80', '169.254.169.254:80', '[2001:db8::1]:80'])(
    'does not follow %s, even when it is signed',
    (address) => {
      expect(mine.ownerOf(claimOf(createPeers(address, 'key').claim('session', NOW + 1)), NOW)).toBeUndefined();
    },
  );
});

describe('peerAddress', () => {
  it('puts IPv6 in brackets', () => {
    expect(peerAddress('10.0.0.1', 80)).toBe('10.0.0.1:80');
    const peers = createPeers(peerAddress('fd00::1', 80), 'key');
    expect(mine.ownerOf(claimOf(peers.claim('session', NOW + 1)), NOW)).toBe('[fd00::1]:80');
  });
});

describe('forward', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    mine.close();
  });

  async function listen(answer: (request: IncomingMessage, body: string) => string): Promise<string> {
    const server = createServer((request, response) => {
      text(request).then(
        (body) => response.writeHead(202).end(answer(request, body)),
        () => response.destroy(),
      );
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('hands on the message, what the owner checks, and the mark that it has been handed on', async () => {
    const owner = await listen(({ url, headers }, body) => JSON.stringify({ url, headers, body }));
    const headers = { host: 'mcp-server-svc', authorization: 'Bearer t', cookie: 'a=b', 'content-length': '999' };
    const { status, body } = await mine.forward(owner, '/messages?sessionId=1', headers, { jsonrpc: '2.0' });
    const seen = JSON.parse(body);
    expect(status).toBe(202);
    expect(seen).toMatchObject({ url: '/messages?sessionId=1', body: '{"jsonrpc":"2.0"}' });
    expect(seen.headers).toMatchObject({
      host: 'mcp-server-svc',
      authorization: 'Bearer t',
      [HOP_HEADER]: '1',
      'content-length': '17',
    });
    expect(seen.headers).not.toHaveProperty('cookie');
  });

  it('rejects when the owner is gone', async () => {
    await expect(mine.forward('127.0.0.1:1', '/messages', {}, {})).rejects.toThrow('ECONNREFUSED');
  });
});
