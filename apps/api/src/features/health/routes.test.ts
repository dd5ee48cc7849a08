import { describe, expect, it } from 'vitest';
import { createTestApp, SETOSA } from '../../test-app.ts';

const MISSING = { code: 'CURRENT_MODEL_MISSING', detail: 'current_model.txt is missing in the registry.' };

describe('with a model in service', () => {
  it('health, startup and ready are 200 and name it', async () => {
    const { app } = await createTestApp();
    expect((await app.inject('/health')).json()).toEqual({
      status: 'healthy',
      model_loaded: true,
      version: '0.1.0',
      current_model: 'model.json',
    });
    expect((await app.inject('/startup')).json()).toEqual({ status: 'started', current_model: 'model.json' });
    expect((await app.inject('/ready')).json()).toEqual({ status: 'ready', current_model: 'model.json' });
    await app.close();
  });

  it('draining makes ready 503, while health stays 200 and predictions are answered', async () => {
    const { app, dependencies } = await createTestApp();
    dependencies.lifecycle.draining = true;
    expect((await app.inject('/ready')).json()).toMatchObject({ status: 503, code: 'DRAINING' });
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect((await app.inject({ method: 'POST', url: '/predict', payload: SETOSA })).statusCode).toBe(200);
    await app.close();
  });

  it('a newer model that cannot be read is told by health, and the old one stays ready', async () => {
    const { app } = await createTestApp({ problem: MISSING });
    expect((await app.inject('/health')).json()).toMatchObject({
      status: 'error',
      detail: MISSING.detail,
      model_loaded: true,
      version: '0.1.0',
    });
    expect((await app.inject('/ready')).statusCode).toBe(200);
    await app.close();
  });
});

describe('without a model', () => {
  it('startup and ready are 503 with the reason, health is 200 with it', async () => {
    const { app } = await createTestApp({ loaded: false, problem: MISSING });
    for (const url of ['/startup', '/ready']) {
      const response = await app.inject(url);
      expect([url, response.statusCode, response.headers['retry-after']]).toEqual([url, 503, '1']);
      expect(response.json()).toMatchObject(MISSING);
    }
    const health = await app.inject('/health');
    expect([health.statusCode, health.json()]).toEqual([
      200,
      { status: 'error', model_loaded: false, version: null, current_model: null, detail: MISSING.detail },
    ]);
    await app.close();
  });

  it.each(['/predict', '/predictions', '/model', '/anything'])('%s is 503, whatever the method', async (url) => {
    const { app } = await createTestApp({ loaded: false, problem: MISSING });
    expect((await app.inject({ method: 'POST', url, payload: SETOSA })).json()).toMatchObject(MISSING);
    expect((await app.inject(url)).statusCode).toBe(503);
    await app.close();
  });
});
