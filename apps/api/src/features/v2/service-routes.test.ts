import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../../test-app.ts';

const service = await createTestApp({ environment: { API_KEY: 'secret', API_NAME: 'Flowers', BUILD: 'abc123' } });
const unloaded = await createTestApp({
  loaded: false,
  problem: { code: 'CURRENT_MODEL_EMPTY', detail: 'current_model.txt is empty.' },
});
afterAll(() => Promise.all([service.app.close(), unloaded.app.close()]));

async function get({ app }: typeof service, url: string) {
  const response = await app.inject(url);
  return [response.statusCode, response.json()];
}

describe('the service’s routes, which need no key', () => {
  it('tell that it is live and ready', async () => {
    expect(await get(service, '/v2/health/live')).toEqual([200, { live: true }]);
    expect(await get(service, '/v2/health/ready')).toEqual([200, { ready: true }]);
  });

  it.each(['/v2', '/v2/'])('describe the server at %s', async (url) => {
    expect(await get(service, url)).toEqual([200, { name: 'Flowers', version: 'abc123', extensions: ['binary_tensor_data'] }]);
  });

  it.each(['/v2/models/iris', '/v2/models/iris/versions/0.1.0'])('describe the model at %s', async (url) => {
    expect(await get(service, url)).toEqual([
      200,
      {
        name: 'iris',
        versions: ['0.1.0'],
        platform: 'iris_json',
        inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 4] }],
        outputs: [
          { name: 'label', datatype: 'BYTES', shape: [-1] },
          { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] },
        ],
      },
    ]);
    expect(await get(service, `${url}/ready`)).toEqual([200, { name: 'iris', ready: true }]);
  });

  it.each(['', '{"ready":true}', 'not JSON'])('list the model when the body is %j, whatever its type', async (payload) => {
    for (const headers of [{}, { 'content-type': 'application/octet-stream' }, { 'content-type': 'application/json' }]) {
      const response = await service.app.inject({ method: 'POST', url: '/v2/repository/index', payload, headers });
      expect([response.statusCode, response.json()]).toEqual([
        200,
        [{ name: 'iris', version: '0.1.0', state: 'READY', reason: '' }],
      ]);
    }
  });

  it('bound the index’s body', async () => {
    const payload = 'x'.repeat(5000);
    expect((await service.app.inject({ method: 'POST', url: '/v2/repository/index', payload })).statusCode).toBe(413);
  });

  it.each(['/v2/models/x', '/v2/models/iris/versions/9', '/v2/models/iris/versions/9/ready', '/v2/models/iris/config', '/v2/x'])(
    '%s is 404 in the protocol’s shape',
    async (url) => {
      expect(await get(service, url)).toEqual([404, { error: expect.any(String) }]);
    },
  );

  it('tell the methods that a path has', async () => {
    const response = await service.app.inject({ method: 'DELETE', url: '/v2/models/iris/infer' });
    expect([response.statusCode, response.headers.allow, response.json()]).toEqual([
      405,
      'POST',
      { error: 'This path answers POST.' },
    ]);
  });
});

describe('while draining', () => {
  it('neither the server nor the model is ready, but it is live', async () => {
    service.dependencies.lifecycle.draining = true;
    const refusal = [503, { error: 'This instance is shutting down.' }];
    expect(await get(service, '/v2/health/ready')).toEqual(refusal);
    expect(await get(service, '/v2/models/iris/ready')).toEqual(refusal);
    expect((await get(service, '/v2/health/live'))[0]).toBe(200);
    service.dependencies.lifecycle.draining = false;
  });
});

describe('without a model', () => {
  it('the service is live and described', async () => {
    expect(await get(unloaded, '/v2/health/live')).toEqual([200, { live: true }]);
    expect((await get(unloaded, '/v2'))[0]).toBe(200);
  });

  it.each(['/v2/health/ready', '/v2/models/iris', '/v2/models/iris/ready', '/v2/x'])(
    '%s is 503 and says what is missing',
    async (url) => {
      expect(await get(unloaded, url)).toEqual([503, { error: 'current_model.txt is empty.' }]);
    },
  );

  it('inference is 503 in the protocol’s shape, and asks to try again', async () => {
    const response = await unloaded.app.inject({ method: 'POST', url: '/v2/models/iris/infer', payload: {} });
    expect([response.statusCode, response.json()]).toEqual([503, { error: 'current_model.txt is empty.' }]);
    expect(response.headers['retry-after']).toBe('1');
  });

  it('inference asks for the key first, and the rest does not', async () => {
    const { app } = await createTestApp({ loaded: false, environment: { API_KEY: 'key' } });
    const infer = { method: 'POST', url: '/v2/models/iris/infer?log=false', payload: {} } as const;
    const refused = await app.inject(infer);
    expect([refused.statusCode, refused.json()]).toEqual([
      401,
      { error: 'A valid key is needed for this path, in the header X-API-Key.' },
    ]);
    expect((await app.inject({ ...infer, headers: { 'x-api-key': 'key' } })).statusCode).toBe(503);
    expect((await app.inject('/v2/models/iris')).statusCode).toBe(503);
    expect((await app.inject('/v2/health/live')).statusCode).toBe(200);
    await app.close();
  });
});
