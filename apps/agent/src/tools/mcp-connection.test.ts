import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { keepConnected, type McpConnection } from './mcp-connection.ts';
import { ToolServerError } from './tool-server.ts';

/** What a made-up MCP server of the older revision answers; enough to be connected to and called. */
interface Script {
  /** Answers a tool call: a result, or by itself. */
  readonly onCall?: (request: IncomingMessage, response: ServerResponse) => object | undefined;
  readonly tools?: readonly object[];
}

const TOOL = { name: 'predict', inputSchema: { type: 'object', properties: {} }, annotations: { readOnlyHint: true } };
const RESULT = { content: [{ type: 'text', text: 'done' }], structuredContent: { done: true } };
const { signal } = new AbortController();

let server: Server | undefined;
let connection: McpConnection | undefined;
afterEach(async () => {
  connection?.stop();
  await stop();
});

async function stop(): Promise<void> {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
}

async function listen(script: Script = {}, port = 0): Promise<number> {
  server = createServer((request, response) => void answer(script, request, response));
  await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function answer({ onCall = () => RESULT, tools = [TOOL] }: Script, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') return response.writeHead(405).end();
  const { id, method } = (await json(request)) as { id?: number; method: string };
  if (id === undefined) return response.writeHead(202).end();
  const results: Readonly<Record<string, () => object | undefined>> = {
    initialize: () => ({
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'test', version: '1' },
    }),
    'tools/list': () => ({ tools }),
    'tools/call': () => onCall(request, response),
  };
  const known = results[method];
  const result = known?.();
  if (known && result === undefined) return undefined;
  const body = known ? { jsonrpc: '2.0', id, result } : { jsonrpc: '2.0', id, error: { code: -32601, message: 'unknown' } };
  return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function connect(port: number, checkMs = 60_000) {
  const lines: string[] = [];
  const log = (_facts: unknown, message?: unknown) => void lines.push(String(message));
  connection = keepConnected({
    url: `http://127.0.0.1:${port}/mcp`,
    token: undefined,
    logger: { info: log, warn: log },
    sleep: (ms, until) => sleep(ms, undefined, { signal: until }),
    random: () => 0,
    clock: () => performance.now(),
    checkMs,
  });
  return { connection, lines };
}

describe('keepConnected', () => {
  it('lists the tools and says that the connection is confirmed', async () => {
    const { connection, lines } = connect(await listen());
    expect(connection.tools()).toBe(undefined);
    await expect.poll(() => connection.tools()).toMatchObject([{ name: 'predict', repeatable: true }]);
    expect(lines).toEqual(['connection to the MCP server confirmed']);
    expect(await connection.call('predict', {}, signal)).toEqual({ isError: false, ...RESULT });
  });

  it('goes on trying until the server is there', async () => {
    const port = await listen();
    await stop();
    const { connection, lines } = connect(port);
    await expect.poll(() => lines).toContain('the MCP server cannot be reached; trying again');
    await listen({}, port);
    await expect.poll(() => connection.tools()).toHaveLength(1);
  });

  it('waits with a call while the server is exchanged, and goes on offering its tools', async () => {
    const port = await listen();
    const { connection } = connect(port, 20);
    await expect.poll(() => connection.tools()).toHaveLength(1);
    await stop();
    const call = connection.call('predict', {}, signal);
    await sleep(50);
    expect(connection.tools()).toHaveLength(1);
    await listen({}, port);
    expect(await call).toMatchObject({ isError: false });
    expect(connection.opened()).toBe(2);
  });

  it('sees new tools without being connected anew', async () => {
    const tools: object[] = [TOOL];
    const { connection } = connect(await listen({ tools }), 20);
    await expect.poll(() => connection.tools()).toHaveLength(1);
    tools.push({ ...TOOL, name: 'explain-prediction' });
    await expect.poll(() => connection.tools()).toHaveLength(2);
    expect(connection.opened()).toBe(1);
  });

  it('sends a call again once after it broke off, when the tool only reads', async () => {
    let calls = 0;
    const onCall: Script['onCall'] = (request) => {
      if (++calls > 1) return RESULT;
      request.socket.destroy();
      return undefined;
    };
    const { connection } = connect(await listen({ onCall }));
    await expect.poll(() => connection.tools()).toHaveLength(1);
    expect(await connection.call('predict', {}, signal)).toMatchObject({ isError: false });
    expect(calls).toBe(2);
  });

  it('never sends a call twice that may have been carried out and is not to be', async () => {
    let calls = 0;
    const onCall: Script['onCall'] = (request) => {
      calls++;
      request.socket.destroy();
      return undefined;
    };
    const tools = [{ ...TOOL, annotations: { destructiveHint: true } }];
    const { connection } = connect(await listen({ onCall, tools }));
    await expect.poll(() => connection.tools()).toHaveLength(1);
    await expect(connection.call('predict', {}, signal)).rejects.toThrow(ToolServerError);
    expect(calls).toBe(1);
  });

  it('ends a call when its turn ends', async () => {
    const { connection } = connect(await listen({ onCall: () => undefined }));
    await expect.poll(() => connection.tools()).toHaveLength(1);
    const turn = new AbortController();
    const call = connection.call('predict', {}, turn.signal);
    turn.abort();
    await expect(call).rejects.toThrow();
    expect(connection.tools()).toHaveLength(1);
  });
});
