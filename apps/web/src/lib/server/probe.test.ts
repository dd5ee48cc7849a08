import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.ts';
import { PROBE_MS, probeRound } from './probe.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const servers: TestServer[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function clientOf(listener: RequestListener) {
  const server = await startTestServer(listener);
  servers.push(server);
  return { client: clientAt(server.url), server };
}

function clientAt(url: string) {
  return createApiClient({ url, key: undefined, timeoutMs: 15_000 });
}

const version = (instance: string, number = '0.1.0') => JSON.stringify({ version: number, model: 'rf', instance });

describe('a round of probes', () => {
  it('opens a connection for each, and counts who answered', async () => {
    const ports = new Set<number>();
    let asked = 0;
    const { client } = await clientOf((request, response) => {
      ports.add(request.socket.remotePort!);
      response.end(asked++ % 4 === 0 ? version('b', '0.2.0') : version('a'));
    });
    const { answers, failures } = await probeRound(client, 40, never);
    expect(ports.size).toBe(40);
    expect(failures).toEqual([]);
    expect(answers.toSorted((a, b) => a.count - b.count)).toEqual([
      { version: '0.2.0', model: 'rf', instance: 'b', count: 10 },
      { version: '0.1.0', model: 'rf', instance: 'a', count: 30 },
    ]);
  });

  it('an instance without a model has answered', async () => {
    const { client } = await clientOf((_request, response) => response.end('{"version":null,"model":null,"instance":"a"}'));
    expect((await probeRound(client, 2, never)).answers).toEqual([{ version: null, model: null, instance: 'a', count: 2 }]);
  });

  it.each<[string, RequestListener]>([
    ['HTTP 503', (_request, response) => response.writeHead(503).end()],
    ['HTTP 401', (_request, response) => response.writeHead(401).end()],
    ['invalid', (_request, response) => response.end('<html>not the API</html>')],
    ['invalid', (_request, response) => response.end('null')],
    ['reset', (request) => request.socket.resetAndDestroy()],
    ['reset', (request) => request.socket.destroy()],
  ])('counts %s (case %#)', async (kind, listener) => {
    const { client } = await clientOf(listener);
    expect(await probeRound(client, 3, never)).toEqual({ answers: [], failures: [{ kind, count: 3 }] });
  });

  it('counts connections that are refused', async () => {
    const { server } = await clientOf(() => undefined);
    await servers.pop()?.close();
    expect((await probeRound(clientAt(server.url), 2, never)).failures).toEqual([{ kind: 'refused', count: 2 }]);
  });

  it('counts a host that is not found', async () => {
    expect((await probeRound(clientAt('http://nowhere.invalid'), 1, never)).failures).toEqual([
      { kind: 'unreachable', count: 1 },
    ]);
  });

  it('waits no longer than its time for silence', async () => {
    const { client } = await clientOf(() => undefined);
    const start = performance.now();
    expect((await probeRound(client, 10, never)).failures).toEqual([{ kind: 'timeout', count: 10 }]);
    expect(performance.now() - start).toBeLessThan(5 * PROBE_MS);
  });

  it('sends nothing more when the viewer leaves', async () => {
    const leaving = new AbortController();
    let connections = 0;
    const { client, server } = await clientOf(() => undefined);
    server.server.on('connection', () => {
      if (++connections === 10) leaving.abort();
    });
    await probeRound(client, 50, leaving.signal);
    expect(connections).toBe(10);
  });
});
