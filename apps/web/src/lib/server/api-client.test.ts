import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiClient, ApiFailure, createApiClient } from './api-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function serve(listener: RequestListener): Promise<TestServer> {
  const server = await startTestServer(listener);
  open.push(server);
  return server;
}

function connect(url: string, change: Partial<Parameters<typeof createApiClient>[0]> = {}): ApiClient {
  const client = createApiClient({ url, key: undefined, timeoutMs: 2000, ...change });
  open.push({ close: () => client.close() });
  return client;
}

/** Answers with the port that the request came from: one for each connection. */
const tellPort: RequestListener = ({ socket }, response) => response.end(String(socket.remotePort));

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof ApiFailure ? error.code : error),
  );

describe('ask', () => {
  it('sends the key as X-API-Key, and none where there is none', async () => {
    const { url } = await serve(({ headers }, response) => response.end(String(headers['x-api-key'])));
    expect(await (await connect(url, { key: 'secret' }).ask('/predict')).text()).toBe('secret');
    expect(await (await connect(url).ask('/predict')).text()).toBe('undefined');
  });

  it('keeps the path of the base address as a prefix', async () => {
    const { url } = await serve((request, response) => response.end(request.url));
    expect(await (await connect(`${url}/iris`).ask('/predict?log=false')).text()).toBe('/iris/predict?log=false');
    expect(await (await connect(`${url}/iris/`).ask('/model')).text()).toBe('/iris/model');
  });

  it('reuses connections', async () => {
    const { url } = await serve(tellPort);
    const { ask } = connect(url);
    const ports = new Set<string>();
    for (let request = 0; request < 20; request++) ports.add(await (await ask('/')).text());
    // A connection may be given back a moment after its answer has been read.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('sends a GET once more after a reset, and a POST never', async () => {
    const seen: string[] = [];
    const { url } = await serve(({ method, socket }, response) => {
      seen.push(method!);
      if (seen.length === 1 || method === 'POST') socket.resetAndDestroy();
      else response.end('second');
    });
    const { ask } = connect(url);
    expect(await (await ask('/version')).text()).toBe('second');
    expect(await failureOf(ask('/predict', { method: 'POST', body: '{}' }))).toBe('API_UNREACHABLE');
    expect(seen).toEqual(['GET', 'GET', 'POST']);
  });

  it('gives up after the second reset', async () => {
    const { url } = await serve(({ socket }) => socket.resetAndDestroy());
    expect(await failureOf(connect(url).ask('/version'))).toBe('API_UNREACHABLE');
  });

  it('tells that nothing listens, that there is no answer, and that the caller’s own limit is over', async () => {
    const silent = await serve(() => undefined);
    const gone = await startTestServer(tellPort);
    await gone.close();
    expect(await failureOf(connect(gone.url).ask('/version'))).toBe('API_UNREACHABLE');
    expect(await failureOf(connect(silent.url, { timeoutMs: 100 }).ask('/version'))).toBe('API_TIMEOUT');
    expect(await failureOf(connect(silent.url).ask('/version', { signal: AbortSignal.timeout(50) }))).toBe('API_TIMEOUT');
  });

  it('passes on that the caller has gone', async () => {
    const { url } = await serve(() => undefined);
    const caller = new AbortController();
    const asked = connect(url).ask('/version', { signal: caller.signal });
    caller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('follows no redirect: it could lead anywhere, with the key', async () => {
    const { url } = await serve((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect(await failureOf(connect(url, { key: 'secret' }).ask('/version'))).toBe('API_UNREACHABLE');
  });
});

describe('askPatiently', () => {
  it('waits for longer than for other answers, and sends nothing again', async () => {
    let asked = 0;
    const { url } = await serve(({ url: path, socket }, response) => {
      asked++;
      if (path === '/reset') socket.resetAndDestroy();
      else setTimeout(() => response.end('late'), 1500);
    });
    const { ask, askPatiently } = connect(url, { timeoutMs: 200 });
    expect(await failureOf(ask('/models'))).toBe('API_TIMEOUT');
    expect(await (await askPatiently('/models/current', { method: 'PUT', body: '{}' })).text()).toBe('late');
    asked = 0;
    expect(await failureOf(askPatiently('/reset', { method: 'PUT', body: '{}' }))).toBe('API_UNREACHABLE');
    expect(asked).toBe(1);
  });
});

describe('onFreshConnection', () => {
  it('asks everything over one connection, and opens another the next time', async () => {
    const { url } = await serve(tellPort);
    const { onFreshConnection } = connect(url);
    const ask = () =>
      onFreshConnection(async (over) => [await (await over('/version')).text(), await (await over('/ready')).text()]);
    const [first, second] = [await ask(), await ask()];
    expect(first[0]).toBe(first[1]);
    expect(second[0]).toBe(second[1]);
    expect(first[0]).not.toBe(second[0]);
  });

  it('closes the connection, also when a question fails', async () => {
    const { url, server } = await serve(tellPort);
    await expect(
      connect(url).onFreshConnection(async (ask) => {
        await (await ask('/version')).text();
        throw new Error('enough');
      }),
    ).rejects.toThrow('enough');
    const count = () => new Promise((resolve) => server.getConnections((_error, connections) => resolve(connections)));
    await expect.poll(count).toBe(0);
  });
});
