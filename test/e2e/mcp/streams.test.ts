import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS } from '../support/mcp-clients.ts';
import { LISTEN, modernHeaders } from '../support/mcp-messages.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';
import { TOOLS } from '../support/mcp-tools.ts';

const IRIS = loadIris().schema;
const CHURN = generateChurn().schema;

let dataset: object = IRIS;
let api: Server;
let API_URL: string;
beforeAll(async () => {
  api = createServer((_request, response) => response.end(JSON.stringify({ name: 'a', version: '1', dataset }))).listen(
    0,
    '127.0.0.1',
  );
  await once(api, 'listening');
  API_URL = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});
afterAll(() => {
  api.close();
  api.closeAllConnections();
});

let server: McpProcess;
afterEach(() => {
  dataset = IRIS;
  return server.terminate();
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  server = await startMcpProcess({ API_URL, MODEL_POLL_MS: '100', ...settings });
}

/** What a stream has sent so far; `ended` resolves when the server ends it. */
function collect(response: Response) {
  const collected = { text: '', ended: Promise.resolve() };
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  collected.ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) collected.text += part.value;
  })();
  return collected;
}

describe('when the API serves another dataset', () => {
  it.each(CLIENTS)('the %s finds other tools, without connecting anew', async (_name, connect) => {
    await start();
    const client = await connect(server.url);
    const featuresOf = async () => {
      const { tools } = await client.listTools();
      return Object.keys((tools[0]!.inputSchema as { properties: object }).properties).filter((name) => name !== 'request_id');
    };
    expect(await featuresOf()).toEqual(IRIS.features.map(({ name }) => name));
    dataset = CHURN;
    await expect.poll(featuresOf).toEqual(CHURN.features.map(({ name }) => name));
    await client.close();
  });

  it('tells those who listen, in both revisions', async () => {
    await start();
    const sse = collect(await fetch(`${server.url}/sse`));
    const listening = collect(await server.post('/mcp', LISTEN, modernHeaders(LISTEN.method)));
    await expect.poll(() => listening.text).toContain('acknowledged');
    dataset = CHURN;
    await expect.poll(() => sse.text).toContain('notifications/tools/list_changed');
    await expect.poll(() => listening.text).toContain('notifications/tools/list_changed');
    // Nothing waits for a subscription: it ends with the server.
    expect(await server.terminate()).toBe(0);
    await Promise.all([sse.ended, listening.ended]);
  });
});

describe('a crowd of streams', () => {
  it('is refused beyond a number, while /mcp and the streams that are open go on', async () => {
    await start({ MAX_STREAMS: '2' });
    const abort = new AbortController();
    const streams = [await fetch(`${server.url}/sse`, { signal: abort.signal }), await fetch(`${server.url}/sse`)];
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await fetch(`${server.url}/sse`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ jsonrpc: '2.0', error: { message: expect.stringContaining('try again') } });
    expect((await server.post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' })).status).toBe(200);
    abort.abort();
    await expect.poll(async () => (await fetch(`${server.url}/sse`)).status).toBe(200);
  });
});

describe('a stream that is quiet', () => {
  it('gets comments, so that nothing on the way takes it for dead', async () => {
    await start({ KEEP_ALIVE_MS: '100' });
    const stream = collect(await fetch(`${server.url}/sse`));
    await expect.poll(() => stream.text.match(/^: keep-alive$/gm)?.length ?? 0).toBeGreaterThan(2);
  });

  it('is ended when it is old, and its client comes back by itself', async () => {
    await start({ KEEP_ALIVE_MS: '100', MAX_STREAM_AGE_MS: '1000' });
    const [, connect] = CLIENTS.find(([name]) => name === 'SDK 1.x over /sse')!;
    const client = await connect(server.url);
    const first = collect(await fetch(`${server.url}/sse`));
    await first.ended;
    await expect
      .poll(() =>
        client.listTools().then(
          ({ tools }) => tools.length,
          () => 0,
        ),
      )
      .toBe(TOOLS.length);
    await client.close();
  });
});
