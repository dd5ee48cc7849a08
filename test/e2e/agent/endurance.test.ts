import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import type { ApiProcess } from '../support/api-process.ts';
import {
  ask,
  readAnswer,
  type Server,
  say,
  startAgent,
  startApi,
  startMcpServer,
  startReadyAgent,
  untilReady,
} from './support/stack.ts';

let directory: string;
let api: ApiProcess;
const running: Server[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-agent-'));
  api = await startApi(inject('models'), directory);
});
afterAll(async () => {
  await api?.terminate();
  await rm(directory, { recursive: true });
});
// The agent before what it is connected to.
afterEach(async () => {
  for (const server of running.splice(0).reverse()) await server.terminate();
});

async function keep(server: Promise<Server>): Promise<Server> {
  running.push(await server);
  return server;
}

/** What is tested is whether answers are lost, not whether many are refused. */
const UNBOUNDED = { CHATS_PER_MINUTE: '1000000' };

const statusOf = async (server: Server, path: string): Promise<number> => (await fetch(server.url + path)).status;

/** Asks on connections of its own, again and again, and never twice; tells every answer that is not whole. */
function startChats(choose: () => Server, clients: number) {
  const result = { answered: 0, failures: [] as string[] };
  let stopped = false;
  const body = JSON.stringify({ messages: [say('quelle espèce pour 5,1 3,5 1,4 0,2 ?')] });

  async function chat(agent: Agent): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly [number, string]>();
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request({ port: choose().port, path: '/chat', method: 'POST', agent, headers });
    outgoing.once('error', reject);
    outgoing.once(
      'response',
      (response) => void text(response).then((answer) => resolve([response.statusCode ?? 0, answer]), reject),
    );
    outgoing.end(body);
    const answer = await readAnswer(...(await promise));
    if (answer.complete && answer.text.startsWith('Le modèle prédit setosa')) result.answered++;
    else result.failures.push(`${answer.status} ${answer.text}`);
    if (result.failures.length > 20) stopped = true;
  }

  const loops = Array.from({ length: clients }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!stopped) await chat(agent).catch((error: Error) => result.failures.push(error.message));
    agent.destroy();
  });
  return {
    result,
    async stop() {
      stopped = true;
      await Promise.all(loops);
      return result;
    },
  };
}

describe('the MCP server comes late', () => {
  it('F3-6: until then the agent lives, is not ready and refuses chats; then it is connected without being started again', async () => {
    const port = await freePort();
    const agent = await keep(startAgent(`http://127.0.0.1:${port}/sse`));
    expect([await statusOf(agent, '/health'), await statusOf(agent, '/ready')]).toEqual([200, 503]);
    const refused = await fetch(`${agent.url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [say('5.1 3.5 1.4 0.2')] }),
    });
    expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: 'TOOLS_UNAVAILABLE' })]);
    await keep(startMcpServer(api.url, { PORT: String(port) }));
    await untilReady(agent);
    expect((await ask(agent, '5.1 3.5 1.4 0.2')).text).toContain('setosa');
    await expect.poll(() => agent.lines.join('\n')).toContain('connection to the MCP server confirmed');
  });
});

describe.each(['sse', 'mcp'])('the MCP server is started again, /%s', (path) => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('after %s the agent connects again and loses no answer meanwhile', async (signal) => {
    const port = await freePort();
    const first = await startMcpServer(api.url, { PORT: String(port) });
    const agent = await keep(startReadyAgent(`${first.url}/${path}`, UNBOUNDED));
    const chats = startChats(() => agent, 4);
    await expect.poll(() => chats.result.answered).toBeGreaterThan(20);
    first.child.kill(signal);
    await first.ended;
    await keep(startMcpServer(api.url, { PORT: String(port) }));
    const before = chats.result.answered;
    await expect.poll(() => chats.result.answered).toBeGreaterThan(before + 50);
    expect((await chats.stop()).failures).toEqual([]);
    expect(agent.child.exitCode).toBe(null);
  });
});

describe('SIGTERM', () => {
  it('loses no answer of 20 clients that never retry, while the endpoints move to another agent', async () => {
    const mcp = await keep(startMcpServer(api.url));
    const settings = { DRAIN_MS: '1500', ...UNBOUNDED };
    const [old, next] = await Promise.all([1, 2].map(() => startReadyAgent(`${mcp.url}/sse`, settings)));
    running.push(next!);
    let endpoint = old!;
    const chats = startChats(() => endpoint, 20);
    await expect.poll(() => chats.result.answered).toBeGreaterThan(100);
    const ended = old!.terminate();
    await expect.poll(() => statusOf(old!, '/ready')).toBe(503);
    expect(await statusOf(old!, '/health')).toBe(200);
    endpoint = next!;
    expect(await ended).toBe(0);
    const before = chats.result.answered;
    await expect.poll(() => chats.result.answered).toBeGreaterThan(before + 50);
    expect((await chats.stop()).failures).toEqual([]);
  });

  it('ends an agent that is not connected at once', async () => {
    const agent = await startAgent('http://127.0.0.1:1/sse');
    expect(await agent.terminate()).toBe(0);
  });
});

describe('a budget', () => {
  it('of time ends a turn whose tool hangs, with an answer, and the next turn is answered', async () => {
    const mcp = await keep(startMcpServer(api.url));
    const agent = await keep(startReadyAgent(`${mcp.url}/mcp`, { MAX_TURN_MS: '700' }));
    mcp.child.kill('SIGSTOP');
    const answer = await ask(agent, 'quelle espèce pour 5,1 3,5 1,4 0,2 ?');
    mcp.child.kill('SIGCONT');
    expect(answer).toMatchObject({ status: 200, complete: true, calls: [{ tool: 'predict', state: 'output-error' }] });
    expect(answer.text).toMatch(/^Je m’arrête ici : .* temps/);
    await expect.poll(async () => (await ask(agent, '5.1 3.5 1.4 0.2')).text).toContain('setosa');
  });

  it('of turns at a time is kept when a client goes: its turn is ended', async () => {
    const mcp = await keep(startMcpServer(api.url));
    const agent = await keep(startReadyAgent(`${mcp.url}/mcp`, { MAX_CHATS: '1' }));
    mcp.child.kill('SIGSTOP');
    const gone = new AbortController();
    const body = JSON.stringify({ messages: [say('5.1 3.5 1.4 0.2')] });
    const post = (signal?: AbortSignal) =>
      fetch(`${agent.url}/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        ...(signal && { signal }),
      });
    const hanging = await post(gone.signal);
    expect(hanging.status).toBe(200);
    const refused = await post();
    expect([refused.status, (await refused.json()) as object]).toEqual([503, expect.objectContaining({ code: 'OVERLOADED' })]);
    gone.abort();
    await expect
      .poll(async () => (await fetch(`${agent.url}/metrics`)).text())
      .toContain('agent_turns_total{outcome="aborted"} 1');
    mcp.child.kill('SIGCONT');
    await untilReady(agent);
    await expect.poll(async () => (await ask(agent, '5.1 3.5 1.4 0.2')).text).toContain('setosa');
  });
});
