import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { CLIENTS } from '../support/mcp-clients.ts';
import { modernHeaders } from '../support/mcp-messages.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';
import { TOOLS } from '../support/mcp-tools.ts';

const TOKEN = 'token-of-the-test';
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/list' };
/** What would show the inside. */
const INSIDE = /at .*\.(ts|js|mjs):\d|node_modules|\/apps\/|ECONN|stack/;

let api: ApiProcess;
let server: McpProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), API_KEY: 'key-of-the-api' });
  server = await startMcpProcess({
    API_URL: api.url,
    API_KEY: 'key-of-the-api',
    MCP_TOKEN: TOKEN,
    PEER_KEY: 'key-of-the-test-key-of-the-test-',
    POD_IP: '127.0.0.1',
  });
});
afterAll(async () => {
  // Unharmed to the end.
  expect(await (await server.post('/mcp', LIST, AUTHORIZED)).text()).toContain('predict-batch');
  expect(await server.terminate()).toBe(0);
  await api.terminate();
});

async function openStream(): Promise<{ readonly endpoint: string; readonly close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/sse`, { headers: AUTHORIZED, signal: abort.signal });
  const { value = '' } = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read();
  return { endpoint: /data: (\S+)/.exec(value)![1]!, close: () => abort.abort() };
}

async function expectRefusal(answer: Response, status: number): Promise<void> {
  const body = await answer.text();
  expect(answer.status, body).toBe(status);
  expect(JSON.parse(body)).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number), message: expect.any(String) } });
  expect(body).not.toMatch(INSIDE);
}

describe('who may ask', () => {
  it.each(['/mcp', '/messages?sessionId=1'])('%s asks for the token, and says so', async (path) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${TOKEN}` }]) {
      const answer = await server.post(path, LIST, headers as Record<string, string>);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer realm="mcp"');
      await expectRefusal(answer, 401);
    }
  });

  it('/sse asks for the token', async () => {
    await expectRefusal(await fetch(`${server.url}/sse`), 401);
  });

  it.each(['GET /mcp', 'GET /sse', 'POST /messages'])(
    '%s refuses foreign names and pages, which probes do not meet',
    async (route) => {
      const request = (host: string, more = '') =>
        `${route} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN}\r\n${more}`;
      expect(await raw(request('evil.example'))).toMatch(/^HTTP\/1\.1 403 .*"jsonrpc":"2.0"/s);
      expect(await raw(request('localhost', 'Origin: https://evil.example\r\n'))).toMatch(/^HTTP\/1\.1 403 .*"jsonrpc":"2.0"/s);
      expect(await raw('GET / HTTP/1.1\r\nHost: 10.1.2.3:8000\r\nOrigin: https://evil.example\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  it.each(CLIENTS)('the token lets the %s in', async (_name, connectClient) => {
    const client = await connectClient(server.url, { headers: AUTHORIZED });
    expect((await client.callTool('predict', SAMPLE)).structuredContent).toMatchObject({ prediction: 'setosa' });
    await client.close();
    await expect(connectClient(server.url)).rejects.toThrow();
  });
});

/** Sends a head by hand and reads to the end of the connection. */
function raw(head: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`${head}Connection: close\r\n\r\n`);
  return text(socket);
}

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const BODIES: readonly (readonly [name: string, body: unknown, status: number])[] = [
  ['a batch', [LIST, LIST], 400],
  ['an empty batch', [], 400],
  ['no JSON', '{', 400],
  ['nothing', '', 400],
  ['a number', '1', 400],
  ['null', 'null', 400],
  ['a string', '"x"', 400],
  ['no method', { jsonrpc: '2.0', id: 1 }, 400],
  ['another version of JSON-RPC', { ...LIST, jsonrpc: '1.0' }, 400],
  ['a nested id', { ...LIST, id: { a: 1 } }, 400],
  ['a prototype', '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"__proto__":{"a":1}}}', 400],
  ['10 MB', JSON.stringify({ ...LIST, params: { a: 'x'.repeat(10_000_000) } }), 413],
  ['deep nesting', `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":${DEEP}}}`, 400],
  ['deep arguments', `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"predict","arguments":{"a":${DEEP}}}}`, 400],
];

describe('bodies that are none', () => {
  it.each(BODIES)('/mcp refuses %s', async (_name, body, status) => {
    await expectRefusal(await server.post('/mcp', body, AUTHORIZED), status);
    const modern = await server.post('/mcp', body, { ...AUTHORIZED, ...modernHeaders('tools/list') });
    expect(modern.status).toBeGreaterThanOrEqual(400);
    await expectRefusal(modern, modern.status);
  });

  it.each(BODIES)('/messages refuses %s', async (_name, body, status) => {
    const { endpoint, close } = await openStream();
    await expectRefusal(await server.post(endpoint, body, AUTHORIZED), status);
    close();
  });

  it('refuses another content type, another method and another path', async () => {
    await expectRefusal(await server.post('/mcp', LIST, { ...AUTHORIZED, 'content-type': 'text/plain' }), 415);
    await expectRefusal(await fetch(`${server.url}/mcp`, { headers: AUTHORIZED }), 405);
    await expectRefusal(await fetch(`${server.url}/mcp`, { method: 'DELETE', headers: AUTHORIZED }), 405);
    expect((await fetch(`${server.url}/admin`)).status).toBe(404);
  });

  it('refuses an unknown method without a word of the inside', async () => {
    const body = await (await server.post('/mcp', { ...LIST, method: 'tools/delete' }, AUTHORIZED)).text();
    expect(body).toContain('-32601');
    expect(body).not.toMatch(INSIDE);
  });
});

const NEED_NOTHING = new Set(['describe-model', 'list-predictions', 'prediction-stats', 'compare-versions', 'check-drift']);
const ARGUMENTS: readonly unknown[] = [
  { sepal_length: 'NaN', sepal_width: {}, petal_length: [], petal_width: null },
  { ...SAMPLE, petal_width: 1e308 },
  { instances: 'all' },
  { instances: Array.from({ length: 1001 }, () => SAMPLE) },
  { limit: '20; DROP TABLE predictions', cursor: '../../etc/passwd' },
  { from: '2026-01-01T00:00:00Z\r\nX-Injected: 1', to: {} },
  { request_id: 'x'.repeat(100_000), label: 'setosa' },
  { request_id: { $ne: null }, label: ['setosa'] },
];

describe.each(TOOLS)('%s', (name) => {
  it('answers arguments that are none with a coded error, or says that it ignored them', async () => {
    for (const args of ARGUMENTS) {
      const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
      const body = await (await server.post('/mcp', message, AUTHORIZED)).text();
      // Some need no arguments, and these are no reason to refuse; the log's tools say then that there is no log.
      if (NEED_NOTHING.has(name)) expect(body).toMatch(/VALIDATION_FAILED: |LOG_NOT_CONFIGURED: |Ignored, because/);
      else expect(body).toMatch(/VALIDATION_FAILED: .*"isError":true/s);
      expect(body).not.toMatch(INSIDE);
      expect(body.length).toBeLessThan(20_000);
    }
  });

  it.each(['text', 7, [1]])('answers arguments of the wrong kind (%j) with an error', async (args) => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } };
    const body = await (await server.post('/mcp', message, AUTHORIZED)).text();
    expect(body).toMatch(/"error"|"isError":true/);
    expect(body).not.toMatch(INSIDE);
  });
});

describe('connections that are none', () => {
  it('streams that are opened and left do not stay', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, openStream));
    for (const { close } of streams) close();
    await expect.poll(() => server.read('/metrics')).toContain('mcp_open_streams 0');
  });

  it('a half-sent request is ended and does not hold the others up', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Le');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('beyond the rate an address is refused with 429, and asked to wait', async () => {
    const limited = await startMcpProcess({ API_URL: api.url, RATE_LIMIT: '20' });
    const answers = await Promise.all(Array.from({ length: 60 }, () => limited.post('/mcp', LIST)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    await expectRefusal(refused[0]!, 429);
    expect((await fetch(limited.url)).status).toBe(200);
    await limited.terminate();
  });
});

describe('an API that does not answer well', () => {
  it('is told apart: away, refusing the key', async () => {
    const keyless = await startMcpProcess({ API_URL: api.url });
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'predict', arguments: SAMPLE } };
    expect(await (await keyless.post('/mcp', message)).text()).toContain('UNAUTHORIZED: ');
    await keyless.terminate();
  });
});
