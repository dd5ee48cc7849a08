import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS } from '../support/mcp-clients.ts';
import { type McpProcess, startMcpProcess } from '../support/mcp-process.ts';
import { type RoundRobinProxy, startRoundRobinProxy } from '../support/round-robin-proxy.ts';
import { type SlowApi, startSlowApi } from '../support/slow-api.ts';

const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const REPLICAS = 3;
const SESSIONS = 30;
const CALLS_EACH = 10;
const MESSAGE = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

let api: SlowApi;
let replicas: McpProcess[];
let balancer: RoundRobinProxy;

beforeAll(async () => {
  api = await startSlowApi(() => 0);
  // Connections are renewed often, so that the messages of a session come over many.
  const settings = {
    API_URL: api.url,
    POD_IP: '127.0.0.1',
    PEER_KEY: 'key-of-the-test-key-of-the-test-',
    MAX_CONNECTION_AGE_MS: '1',
  };
  replicas = await Promise.all(Array.from({ length: REPLICAS }, () => startMcpProcess(settings)));
  balancer = await startRoundRobinProxy(replicas.map(({ port }) => port));
});
afterAll(async () => {
  await balancer.close();
  await Promise.all(replicas.map((replica) => replica.terminate()));
  await api.close();
});

/** Opens a stream and gives the endpoint that it announces. */
async function openStream(url: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}/sse`, { signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const { value = '' } = await reader.read();
  return { endpoint: /data: (\S+)/.exec(value)![1]!, reader, close: () => abort.abort() };
}

async function forwarded(): Promise<number> {
  const texts = await Promise.all(replicas.map((replica) => replica.read('/metrics')));
  return texts.reduce(
    (sum, text) => sum + Number(/mcp_messages_forwarded_total\{outcome="answered"\} (\d+)/.exec(text)?.[1] ?? 0),
    0,
  );
}

describe('three replicas without session affinity', () => {
  it.each(CLIENTS)(`answer every call of ${SESSIONS} sessions of the %s`, async (name, connect) => {
    const before = await forwarded();
    const clients = await Promise.all(Array.from({ length: SESSIONS }, () => connect(balancer.url)));
    const calls = clients.flatMap((client) => Array.from({ length: CALLS_EACH }, () => client.callTool('predict', SAMPLE)));
    const answers = await Promise.all(calls);
    expect(answers.filter(({ isError }) => isError)).toEqual([]);
    expect(answers).toHaveLength(SESSIONS * CALLS_EACH);
    await Promise.all(clients.map((client) => client.close()));
    if (name.includes('/sse')) expect((await forwarded()) - before).toBeGreaterThan(SESSIONS);
  });
});

describe('a message for a stream of another replica', () => {
  const [owner, other] = [() => replicas[0]!, () => replicas[1]!];

  it('is passed on by whoever gets it, and answered on the stream', async () => {
    const { endpoint, reader, close } = await openStream(owner().url);
    expect((await other().post(endpoint, MESSAGE)).status).toBe(202);
    expect((await reader.read()).value).toContain('"tools"');
    close();
  });

  it('is not passed on to an address that is forged, of another session, or lengthened in time', async () => {
    const { endpoint, close } = await openStream(owner().url);
    const second = await openStream(owner().url);
    const claim = new URLSearchParams(endpoint.split('?')[1]);
    const forgeries = [
      { owner: '127.0.0.1:1' },
      { owner: '169.254.169.254:80' },
      { expires: String(Number(claim.get('expires')) + 1) },
      { signature: `${claim.get('signature')}A` },
      { signature: '' },
      { sessionId: new URLSearchParams(second.endpoint.split('?')[1]).get('sessionId')! },
    ];
    const before = await forwarded();
    for (const forgery of forgeries) {
      const query = new URLSearchParams({ ...Object.fromEntries(claim), ...forgery });
      const answer = await other().post(`/messages?${query}`, MESSAGE);
      expect(answer.status, JSON.stringify(forgery)).toBe(404);
      expect(await answer.json()).toMatchObject({
        jsonrpc: '2.0',
        error: { message: expect.stringContaining('Session not found') },
      });
    }
    expect(await forwarded()).toBe(before);
    close();
    second.close();
  });

  it('is refused, when it is replayed after the stream has ended', async () => {
    const { endpoint, close } = await openStream(owner().url);
    close();
    await expect.poll(async () => (await other().post(endpoint, MESSAGE)).status).toBe(404);
  });

  it('is passed on once only', async () => {
    const { endpoint, close } = await openStream(owner().url);
    expect((await other().post(endpoint, MESSAGE, { 'x-mcp-forwarded': '1' })).status).toBe(404);
    close();
  });
});
