import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { CLIENTS } from '../support/mcp-clients.ts';
import { LISTEN, modernHeaders } from '../support/mcp-messages.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** All of 127.0.0.0/8 is this machine: other clients than the honest ones, who come from 127.0.0.1. */
const ATTACKER = '127.0.0.66';
const STREAMS = 600;

let api: ApiProcess;
let server: McpProcess;
beforeAll(async () => {
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json') });
  server = await startMcpProcess({ API_URL: api.url });
});
afterAll(async () => {
  await server?.terminate();
  await api?.terminate();
});

/** A stream that was asked for. */
interface Opened {
  /** Content type of the answer: that of events if there is a stream. */
  readonly type: string | undefined;
  destroy(): void;
}

/** Opens a stream of that address and leaves it; gives it once its head is there. */
async function open(path: string, localAddress: string, body?: typeof LISTEN): Promise<Opened> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(body && modernHeaders(body.method)),
  };
  const asked = request({
    host: '127.0.0.1',
    port: server.port,
    path,
    localAddress,
    agent: false,
    headers,
    method: body ? 'POST' : 'GET',
  });
  asked.on('error', () => undefined).end(body && JSON.stringify(body));
  const [response] = await once(asked, 'response');
  response.on('error', () => undefined).resume();
  return { type: response.headers['content-type'], destroy: () => asked.destroy() };
}

async function openMany(path: string, localAddress: string, body?: typeof LISTEN): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (let batch = 0; batch < STREAMS / 50; batch++)
    opened.push(...(await Promise.all(Array.from({ length: 50 }, () => open(path, localAddress, body)))));
  return opened;
}

const metric = async (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(await server.read('/metrics'))?.[1] ?? 0);

async function expectServed(): Promise<void> {
  for (const [, connect] of CLIENTS) {
    const client = await connect(server.url);
    expect((await client.callTool('predict', SAMPLE)).structuredContent).toMatchObject({ prediction: 'setosa' });
    await client.close();
  }
}

describe('600 streams of one client', () => {
  it('of /sse leave others theirs', async () => {
    const taken = await openMany('/sse', ATTACKER);
    expect(await metric('mcp_open_streams')).toBe(500);
    await expectServed();
    expect(server.lines.filter((line) => line.includes('who holds most of them gives way'))).toHaveLength(1);
    for (const each of taken) each.destroy();
    await expect.poll(() => metric('mcp_open_streams')).toBe(0);
  });

  it('that were never used make room for others at the same address too', async () => {
    const taken = await openMany('/sse', '127.0.0.1');
    // A stream that has been open for two seconds and was never used gives way.
    await expect.poll(() => expectServed().then(() => 'served', String)).toBe('served');
    for (const each of taken) each.destroy();
    await expect.poll(() => metric('mcp_open_streams')).toBe(0);
  });

  it('that only listen leave others theirs', async () => {
    const taken = await openMany('/mcp', ATTACKER, LISTEN);
    const honest = await open('/mcp', '127.0.0.1', LISTEN);
    expect(honest.type).toBe('text/event-stream');
    await expectServed();
    for (const each of [...taken, honest]) each.destroy();
  });
});
