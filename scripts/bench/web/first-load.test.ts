import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { firstLoadKb, scriptsOf } from './first-load.ts';

const HTML = `<script src="/a.js" async="" nonce="n"></script><script nonce="n">inline()</script>
  <link rel="preload" as="script" href="/never.js"/><script src="/old.js" noModule="" nonce="n"></script>
  <script src="/b.js?x=1&amp;y=2"></script><script src="/a.js"></script>`;

it('counts each script of a page once, and none of those for old browsers', () => {
  expect(scriptsOf(HTML)).toEqual(['/a.js', '/b.js?x=1&amp;y=2']);
  expect(scriptsOf('<p>no script</p>')).toEqual([]);
});

it('sums their gzipped sizes', async () => {
  const script = 'console.log("hello");'.repeat(500);
  const server = createServer((request, response) => {
    response.end({ '/': HTML, '/a.js': script, '/b.js?x=1&y=2': '' }[request.url!] ?? 'not asked for');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const expected = gzipSync(script, { level: 9 }).length + gzipSync('', { level: 9 }).length;
  expect(await firstLoadKb(`http://127.0.0.1:${port}/`)).toBeCloseTo(expected / 1000, 6);
  server.close();
});
