import { afterAll, describe, expect, it } from 'vitest';
import { createTestApp } from '../../test-app.ts';

const environment = {
  API_NAME: 'Iris Predictor',
  API_DESCRIPTION: 'Species of iris',
  BUILD: 'abc123',
  DATABASE_URL: 'postgres://log',
};
const { app } = await createTestApp({ environment });
const { app: waiting } = await createTestApp({ loaded: false });
afterAll(() => Promise.all([app.close(), waiting.close()]));

describe('GET /', () => {
  it('tells name, description, model and links, and whether predictions are kept', async () => {
    expect((await app.inject('/')).json()).toMatchObject({
      name: 'Iris Predictor',
      description: 'Species of iris',
      version: '0.1.0',
      model: 'rf',
      prediction_log: 'on',
      links: { docs: '/docs', predict: '/predict' },
    });
  });

  it('answers before a model is loaded, and without a log', async () => {
    expect((await waiting.inject('/')).json()).toMatchObject({
      name: 'Iris API',
      version: null,
      model: null,
      prediction_log: 'off',
    });
  });
});

describe('GET /version', () => {
  it('tells which model answers, from which build and instance', async () => {
    expect((await app.inject('/version')).json()).toEqual({
      version: '0.1.0',
      model: 'rf',
      dataset: 'iris',
      checksum: `sha256:${'0'.repeat(64)}`,
      build: 'abc123',
      environment: 'development',
      instance: 'test-host',
    });
  });

  it('has nulls while no model is loaded', async () => {
    expect((await waiting.inject('/version')).json()).toMatchObject({
      version: null,
      model: null,
      dataset: null,
      checksum: null,
    });
  });
});
