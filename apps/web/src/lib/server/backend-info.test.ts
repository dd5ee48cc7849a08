import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.ts';
import { askBackendInfo } from './backend-info.ts';
import { startTestServer } from './test-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function ask(listener: RequestListener) {
  const server = await startTestServer(listener);
  const client = createApiClient({ url: server.url, key: undefined, timeoutMs: 500 });
  open.push(server, client);
  return askBackendInfo(client, AbortSignal.timeout(1000));
}

describe('askBackendInfo', () => {
  it('joins version, health and readiness of one instance', async () => {
    const sockets = new Set<number | undefined>();
    const info = await ask(({ url, socket }, response) => {
      sockets.add(socket.remotePort);
      response.end(JSON.stringify(url === '/version' ? { version: '0.1.0' } : { status: 'healthy' }));
    });
    expect(info).toEqual({ version: { version: '0.1.0' }, health: { status: 'healthy' }, readiness: 'READY' });
    expect(sockets.size).toBe(1);
  });

  it('gives the code of an instance that is not ready', async () => {
    const info = await ask(({ url }, response) =>
      response.writeHead(url === '/ready' ? 503 : 200).end(JSON.stringify({ code: 'DRAINING' })),
    );
    expect(info.readiness).toBe('DRAINING');
  });

  it('refuses an answer that is not the API’s', async () => {
    await expect(ask((_request, response) => response.end('<html>'))).rejects.toMatchObject({ code: 'API_ANSWER_INVALID' });
  });
});
