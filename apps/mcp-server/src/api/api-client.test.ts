import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Secret } from '@iris/settings';
import { NO_TELEMETRY } from '@iris/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from './api-client.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function clientOf(listener: RequestListener, path = '', timeoutMs = 5000): Promise<{ api: ApiClient; server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const config = { API_URL: `http://127.0.0.1:${port}${path}`, API_KEY: new Secret('key'), API_TIMEOUT_MS: timeoutMs };
  const api = createApiClient(config, NO_TELEMETRY);
  closing.push(
    () => api.close(),
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { api, server };
}

describe('createApiClient', () => {
  it('asks below the path of its URL, with the key, and leaves out what is undefined', async () => {
    const { api } = await clientOf((request, response) => {
      const { url, method } = request;
      text(request).then(
        (body) => response.end(JSON.stringify({ url, method, body, key: request.headers['x-api-key'] })),
        () => undefined,
      );
    }, '/api/');
    expect(await api.get('/predictions', { limit: 5, cursor: undefined, version: 'a&b' })).toEqual({
      url: '/api/predictions?limit=5&version=a%26b',
      method: 'GET',
      body: '',
      key: 'key',
    });
    expect(await api.post('/predict', { a: 'é' })).toMatchObject({ method: 'POST', body: '{"a":"é"}' });
  });

  it('hands on the API’s own errors, with their faults', async () => {
    const errors = [{ pointer: '/a', detail: 'must be number' }, { pointer: 7 }, null];
    const { api } = await clientOf((_request, response) => {
      response.writeHead(422).end(JSON.stringify({ code: 'VALIDATION_FAILED', detail: 'No.', errors }));
    });
    await expect(api.get('/')).rejects.toMatchObject({ code: 'VALIDATION_FAILED', message: 'No.', errors: [errors[0]] });
  });

  it.each([
    ['no JSON', 200, '<html>'],
    ['JSON that is no object', 200, '"yes"'],
    ['an error without a code', 502, '{"message":"bad gateway"}'],
  ])('does not take %s for an answer', async (_name, status, body) => {
    const { api } = await clientOf((_request, response) => void response.writeHead(status).end(body));
    await expect(api.get('/')).rejects.toMatchObject({ code: 'API_ANSWER_INVALID' });
  });

  it('stops reading an answer without an end', async () => {
    const { api } = await clientOf((_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20, 0x20)));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    await expect(api.get('/')).rejects.toMatchObject({ code: 'API_ANSWER_INVALID' });
  });

  it('asks once more when the connection breaks, and no more often', async () => {
    let asked = 0;
    const { api } = await clientOf((request, response) => {
      asked++;
      if (asked === 1 || request.url === '/never') request.socket.resetAndDestroy();
      else response.end('{}');
    });
    expect(await api.post('/predict', {})).toEqual({});
    expect(asked).toBe(2);
    await expect(api.get('/never')).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
    expect(asked).toBe(4);
  });

  it('does not wait for ever, neither for an answer nor within one', async () => {
    const { api } = await clientOf(
      (request, response) => {
        if (request.url === '/slow') response.writeHead(200).write('{');
      },
      '',
      100,
    );
    await expect(api.get('/')).rejects.toMatchObject({ code: 'API_TIMEOUT' });
    await expect(api.get('/slow')).rejects.toMatchObject({ code: expect.stringMatching(/^API_(TIMEOUT|UNREACHABLE)$/) });
  });

  it('says when nobody is there', async () => {
    const { api, server } = await clientOf(() => undefined);
    server.close();
    await once(server, 'close');
    await expect(api.get('/')).rejects.toMatchObject({ code: 'API_UNREACHABLE' });
  });
});
