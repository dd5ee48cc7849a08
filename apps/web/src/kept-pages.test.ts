import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeptPages, keepPages } from './kept-pages.ts';

const NONCE = 'b2xkIG5vbmNlIQ+/=='; // As a regular expression it would be another text.
const POLICY = `script-src 'nonce-${NONCE}'; style-src-elem 'nonce-${NONCE}'`;
const page = (name: string) => `<script nonce="${NONCE}">"${name} “ü”"</script><style nonce="${NONCE}"></style>`;

let now: number;
let kept: KeptPages;
let make: (request: IncomingMessage, response: ServerResponse) => void;
let isBusy: boolean;
const server = createServer((asked, response) => {
  if (isBusy) {
    if (!kept.answer(asked, response)) response.writeHead(503).end();
  } else {
    kept.note(asked, response);
    make(asked, response);
  }
});

beforeEach(async () => {
  now = 1000;
  kept = keepPages(() => now);
  isBusy = false;
  make = ({ url }, response) => {
    response.setHeader('Content-Security-Policy', POLICY).setHeader('X-Frame-Options', 'DENY');
    response.end(page(String(url)));
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await once(server, 'close');
});

async function ask(path = '/', headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', path, headers, method, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

async function askBusy(...question: Parameters<typeof ask>) {
  isBusy = true;
  const answer = await ask(...question);
  isBusy = false;
  return answer;
}

describe('kept pages', () => {
  it('are answered as they were made, headers too, each under a nonce of its own', async () => {
    const made = await ask('/model');
    const [first, second] = [await askBusy('/model'), await askBusy('/model')];
    const nonces = [first, second].map(({ body }) => /nonce="([^"]+)"/.exec(body)![1]!);
    expect(new Set([NONCE, ...nonces]).size).toBe(3);
    for (const [index, { status, headers, body }] of [first, second].entries()) {
      expect(status).toBe(200);
      expect(body.replaceAll(nonces[index]!, NONCE)).toBe(made.body);
      expect(headers['content-security-policy']).toBe(POLICY.replaceAll(NONCE, nonces[index]!));
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  it.for(['gzip', 'identity'])('are kept from answers that were written in pieces (%s)', async (coding) => {
    make = (_request, response) => {
      response.setHeader('Content-Security-Policy', POLICY).setHeader('Content-Encoding', coding);
      const bytes = coding === 'gzip' ? gzipSync(page('whole')) : Buffer.from(page('whole'));
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    };
    await ask();
    const { body, headers } = await askBusy();
    expect(body).toContain('"whole “ü”"');
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('are those of the same question: address, cookies, language, and whatever Next may listen to', async () => {
    await ask('/', { cookie: 'a=1' });
    expect((await askBusy('/', { cookie: 'a=1', 'user-agent': 'another' })).status).toBe(200);
    const others: [string, Record<string, string>][] = [
      ['/', {}],
      ['/', { cookie: 'a=2' }],
      ['/?x', { cookie: 'a=1' }],
      ['/', { cookie: 'a=1', 'accept-language': 'fr' }],
      ['/', { cookie: 'a=1', 'x-middleware-subrequest': 'proxy' }],
      ['/', { cookie: 'a=1', host: 'elsewhere' }],
    ];
    for (const [path, headers] of others) expect((await askBusy(path, headers)).status).toBe(503);
    expect((await askBusy('/', { cookie: 'a=1' }, 'POST')).status).toBe(503);
  });

  it('are made anew after five seconds by one who asks, while others still get them, for ten seconds at the most', async () => {
    await ask();
    now += 5000;
    expect((await askBusy()).status).toBe(200);
    now += 1;
    expect((await askBusy()).status).toBe(503);
    now += 4999;
    expect((await askBusy()).status).toBe(200);
    now += 1;
    expect((await askBusy()).status).toBe(503);
    await ask();
    expect((await askBusy()).status).toBe(200);
  });

  it('are the fifty that were asked for last', async () => {
    await ask('/first');
    await ask('/second');
    for (let other = 0; other < 48; other++) await ask(`/${other}`);
    expect((await askBusy('/first')).status).toBe(200);
    await ask('/one-more');
    expect((await askBusy('/first')).status).toBe(200);
    expect((await askBusy('/second')).status).toBe(503);
  });

  it.for<[string, Record<string, string>, (string | Buffer)?, number?]>([
    ['a failure', {}, page(''), 500],
    ['a page without a nonce', { 'Content-Security-Policy': "default-src 'self'" }],
    ['an answer with a cookie', { 'Set-Cookie': 'a=1' }],
    ['a long page', {}, 'x'.repeat(300_000)],
    ['a page that is long once it is decoded', { 'Content-Encoding': 'gzip' }, gzipSync('x'.repeat(300_000))],
    ['a page of an unknown coding', { 'Content-Encoding': 'zstd' }],
  ])('are never %s', async ([, headers, body = page(''), status = 200]) => {
    make = (_request, response) => {
      response.statusCode = status;
      response.setHeaders(new Map(Object.entries({ 'Content-Security-Policy': POLICY, ...headers })));
      response.end(body);
    };
    await ask();
    expect((await askBusy()).status).toBe(503);
  });
});
