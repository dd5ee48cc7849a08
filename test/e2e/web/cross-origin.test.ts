import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';
import { it } from './support/page.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const TOKEN = 'token-of-the-test';

/** What a page does with the official client, bundled for it. */
const CALL_FROM_PAGE = `
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
globalThis.callTool = async (url, args, token) => {
  const client = new Client({ name: 'page', version: '1' });
  const Transport = url.endsWith('/sse') ? SSEClientTransport : StreamableHTTPClientTransport;
  await client.connect(new Transport(new URL(url), { requestInit: { headers: { authorization: 'Bearer ' + token } } }));
  const { structuredContent } = await client.callTool({ name: 'predict', arguments: args });
  await client.close();
  return structuredContent.prediction;
};`;

let api: ApiProcess;
let mcp: McpProcess;
let pages: { readonly allowed: string; readonly other: string; readonly close: () => void };
beforeAll(async () => {
  pages = await servePages();
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), CORS_ORIGINS: pages.allowed });
  mcp = await startMcpProcess({ API_URL: api.url, MCP_TOKEN: TOKEN, ALLOWED_ORIGINS: '127.0.0.1' });
});
afterAll(async () => {
  await mcp?.terminate();
  await api?.terminate();
  pages?.close();
});

/** The same empty page under two origins; both hold the official client. */
async function servePages() {
  const options = { bundle: true, write: false, format: 'iife', platform: 'browser' } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents: CALL_FROM_PAGE, resolveDir: import.meta.dirname } });
  const server = createServer((request, response) => {
    const isScript = request.url === '/client.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? outputFiles[0]!.text : '<!doctype html><title>page</title><script src="/client.js"></script>');
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    allowed: `http://127.0.0.1:${port}`,
    other: `http://localhost:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const predict = (url: string) => `fetch(${JSON.stringify(`${url}/predict`)}, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(SAMPLE))},
}).then((answer) => answer.json()).then(({ prediction }) => prediction, () => 'kept from the page')`;
const callTool = (url: string) =>
  `callTool(${JSON.stringify(url)}, ${JSON.stringify(SAMPLE)}, '${TOKEN}').catch(() => 'kept from the page')`;

describe('a page of another origin in a real browser', () => {
  it('predicts where its origin is named, and not where it is not', async ({ browser }) => {
    const page = await browser.newPage();
    await page.goto(pages.allowed);
    expect(await page.evaluate(predict(api.url))).toBe('setosa');
    await page.goto(pages.other);
    expect(await page.evaluate(predict(api.url))).toBe('kept from the page');
    await page.close();
  });

  it.for(['/mcp', '/sse'])(
    'calls a tool through %s with the official client where its host is named',
    async (path, { browser }) => {
      const page = await browser.newPage();
      await page.goto(pages.allowed);
      expect(await page.evaluate(callTool(mcp.url + path))).toBe('setosa');
      await page.goto(pages.other);
      expect(await page.evaluate(callTool(mcp.url + path))).toBe('kept from the page');
      await page.close();
    },
  );

  it('learns from a refusal how to get in', async ({ browser }) => {
    const page = await browser.newPage();
    await page.goto(pages.allowed);
    const asked = `fetch('${mcp.url}/mcp', { method: 'POST' }).then((answer) => answer.headers.get('www-authenticate'))`;
    expect(await page.evaluate(asked)).toContain('Bearer');
    await page.close();
  });
});
