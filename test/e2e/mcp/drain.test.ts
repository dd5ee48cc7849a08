import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS, type McpClient } from '../support/mcp-clients.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';
import { type SlowApi, startSlowApi } from '../support/slow-api.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** A call that is in flight while the shutdown begins. */
const SLOW_MS = 800;
const DRAIN_MS = 1500;
/** After SIGTERM requests still reach the old instance, as they do while endpoints spread in a cluster. */
const ENDPOINT_LAG_MS = 500;
const CALLERS = 4;

let delayMs = 0;
let api: SlowApi;
beforeAll(async () => {
  api = await startSlowApi(() => delayMs);
});
afterAll(() => api.close());

const running: McpProcess[] = [];
afterEach(async () => {
  delayMs = 0;
  await Promise.all(running.splice(0).map((server) => server.terminate()));
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<McpProcess> {
  const server = await startMcpProcess({ API_URL: api.url, ...settings });
  running.push(server);
  return server;
}

describe('SIGTERM', () => {
  it.each(CLIENTS)('answers the calls in flight of the %s, and ends with 0', async (_name, connect) => {
    const server = await start();
    const client = await connect(server.url);
    await client.callTool('predict', SAMPLE);
    delayMs = SLOW_MS;
    const before = api.asked();
    const calls = [1, 2, 3].map(() => client.callTool('predict', SAMPLE));
    await expect.poll(api.asked).toBe(before + calls.length);

    const ended = server.terminate();
    for (const { structuredContent } of await Promise.all(calls)) expect(structuredContent).toMatchObject({ version: '1' });
    expect(await ended).toBe(0);
    await client.close();
  });

  it('ends an idle stream, which nothing waits for', async () => {
    const server = await start();
    const stream = await fetch(`${server.url}/sse`);
    const reader = stream.body!.getReader();
    await reader.read();
    const began = performance.now();
    expect(await server.terminate()).toBe(0);
    expect(performance.now() - began).toBeLessThan(8000);
    await expect.poll(async () => (await reader.read()).done).toBe(true);
  });

  it('ends at the deadline although an API never answers', async () => {
    const server = await start({ SHUTDOWN_MS: '500', API_TIMEOUT_MS: '60000' });
    delayMs = 50_000;
    const before = api.asked();
    const call = server.post('/mcp', {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'predict', arguments: SAMPLE },
    });
    const failed = expect(call.then((answer) => answer.text())).rejects.toThrow();
    await expect.poll(api.asked).toBe(before + 1);
    expect(await server.terminate()).toBe(0);
    await failed;
  });
});

/** A fetch that goes to the instance that endpoints name now, as a Service does. */
function fetchFrom(server: () => McpProcess): typeof globalThis.fetch {
  return (input, init) => fetch(new URL(String(input)).href.replace(/:\d+\//, `:${server().port}/`), init);
}

interface Outcome {
  answered: number;
  readonly failures: string[];
}

describe('an update under load', () => {
  it.each(CLIENTS)('loses no call of the %s', async (name, connect) => {
    const settings = { POD_IP: '127.0.0.1', PEER_KEY: 'key-of-the-test-key-of-the-test-', DRAIN_MS: String(DRAIN_MS) };
    const [old, next] = await Promise.all([start(settings), start(settings)]);
    let chosen = old;
    const outcome: Outcome = { answered: 0, failures: [] };
    let stopped = false;
    const clients = await Promise.all(
      Array.from({ length: CALLERS }, () => connect(old.url, { fetch: fetchFrom(() => chosen) })),
    );
    const loops = clients.map(async function callInALoop(client) {
      while (!stopped) await callOnce(client, outcome, name.includes('/sse'));
    });
    await expect.poll(() => outcome.answered).toBeGreaterThan(100);

    const ended = old.terminate();
    await sleep(ENDPOINT_LAG_MS);
    chosen = next;
    expect(await ended).toBe(0);
    const before = outcome.answered;
    await expect.poll(() => outcome.answered).toBeGreaterThan(before + 100);
    stopped = true;
    await Promise.all(loops);
    expect(outcome.failures).toEqual([]);
    await Promise.all(clients.map((client) => client.close()));
  });
});

/** A stream that has ended is opened again by the client itself; a call in between is refused, never lost, and is made again. */
async function callOnce(client: McpClient, outcome: Outcome, isStream: boolean): Promise<void> {
  try {
    const { isError } = await client.callTool('predict', SAMPLE);
    if (isError) outcome.failures.push('an error');
    else outcome.answered++;
  } catch (error) {
    const { message } = error as Error;
    if (isStream && message.includes('Session not found')) await sleep(20);
    else outcome.failures.push(message);
  }
}
