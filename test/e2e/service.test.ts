import { join } from 'node:path';
import { anyAddress } from '@iris/settings';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startScript } from './support/processes.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const model = (name: string): string => join(inject('models'), `${name}.json`);
const running: ApiProcess[] = [];
afterAll(() => Promise.all(running.map((api) => api.terminate())));

async function start(environment: Readonly<Record<string, string>>): Promise<ApiProcess> {
  const api = await startApiProcess(environment);
  running.push(api);
  return api;
}

describe('the API as a process', () => {
  it('F2-2: answers GET /, GET /version and POST /predict', async () => {
    const api = await start({ MODEL_FILE: model('iris-rf') });
    expect(await (await api.get('/')).json()).toMatchObject({ version: '0.1.0', model: 'rf' });
    expect(await (await api.get('/version')).json()).toMatchObject({ version: '0.1.0', model: 'rf', dataset: 'iris' });
    const answer = await api.send<{ probabilities: Record<string, number> }>('/predict', SETOSA);
    expect(answer).toMatchObject({ prediction: 'setosa', class_index: 0, model: 'rf', version: '0.1.0' });
    expect(Object.values(answer.probabilities).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });

  it.each([
    ['iris-svm', 'svm', '0.2.0'],
    ['iris-logreg', 'logreg', '0.3.0'],
  ])('F2-2: serves %s alike', async (file, name, version) => {
    const api = await start({ MODEL_FILE: model(file) });
    expect(await (await api.post('/predict', SETOSA)).json()).toMatchObject({ prediction: 'setosa', model: name, version });
  });

  it('F2-2: listens on port 8000 of all addresses unless told otherwise', async () => {
    const { readConfig } = await import('../../apps/api/src/config.ts');
    expect(readConfig({ MODEL_FILE: 'x' })).toMatchObject({ PORT: 8000, HOST: anyAddress() });
  });

  it('P5-6: GET /health is healthy with the model’s version', async () => {
    const api = await start({ MODEL_FILE: model('iris-rf') });
    expect(await (await api.get('/health')).json()).toMatchObject({ status: 'healthy', model_loaded: true, version: '0.1.0' });
    expect((await api.get('/ready')).status).toBe(200);
    expect((await api.get('/startup')).status).toBe(200);
  });

  it('P5-7, F3-2: with API_KEY set, /predict asks for X-API-Key and the key is never printed', async () => {
    const api = await start({ MODEL_FILE: model('iris-rf'), API_KEY: 'supersecretkey123', LOG_LEVEL: 'TRACE' });
    expect((await api.post('/predict', SETOSA)).status).toBe(401);
    expect((await api.post('/predict', SETOSA, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await api.post('/predict', SETOSA, { 'x-api-key': 'supersecretkey123' })).status).toBe(200);
    expect(api.lines.length).toBeGreaterThan(3);
    expect(api.lines.join('\n')).not.toContain('supersecretkey123');
  });

  it('F3-1: API_NAME and API_DESCRIPTION show at / and in the documentation', async () => {
    const api = await start({
      MODEL_FILE: model('iris-rf'),
      API_NAME: 'Iris Predictor',
      API_DESCRIPTION: 'API de prédiction de l’espèce d’iris',
    });
    expect(await (await api.get('/')).json()).toMatchObject({
      name: 'Iris Predictor',
      description: 'API de prédiction de l’espèce d’iris',
    });
    expect(await api.read('/openapi.json')).toMatchObject({ info: { title: 'Iris Predictor' } });
  });

  it('L6-3: MODEL_NAME, LOG_LEVEL and MONITORING_TOKEN take effect', async () => {
    const environment = {
      MODEL_FILE: model('churn-logreg'),
      MODEL_NAME: 'churn_model_v1',
      LOG_LEVEL: 'info',
      MONITORING_TOKEN: 'abc123',
    };
    const api = await start(environment);
    expect(await (await api.get('/version')).json()).toMatchObject({ model: 'churn_model_v1', dataset: 'churn' });
    expect((await api.get('/metrics')).status).toBe(401);
    expect((await api.get('/metrics', { authorization: 'Bearer abc123' })).status).toBe(200);
  });

  it('A-4: /docs is an interactive page', async () => {
    const api = await start({ MODEL_FILE: model('iris-rf') });
    const page = await api.get('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });
});

describe('a configuration that cannot work', () => {
  it('ends with exit code 78 and one line for each fault', async () => {
    const api = startScript('api', [], {
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      API_KEY: ' ',
      MONITORING_TOKEN: '\n',
      BODY_LIMIT: '-1',
    });
    expect(await api.ended).toBe(78);
    expect(api.lines.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'API_KEY',
      'MONITORING_TOKEN',
      'BODY_LIMIT',
      'MODEL_FILE',
    ]);
  });

  it('ends with exit code 78 and one line for a port that is taken', async () => {
    const first = await start({ MODEL_FILE: model('iris-rf') });
    const second = startScript('api', [], {
      MODEL_FILE: model('iris-rf'),
      HOST: '127.0.0.1',
      PORT: String(first.port),
      LOG_LEVEL: 'error',
    });
    expect(await second.ended).toBe(78);
    expect(second.lines).toEqual([expect.stringMatching(/^PORT: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/)]);
  });

  it('ends with exit code 78 and one line for a spool that cannot be written, even while the registry has no model', async () => {
    const SPOOL_DIR = join(import.meta.dirname, 'service.test.ts');
    const environment = { REGISTRY_DIR: '/nowhere', SPOOL_DIR, DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris' };
    const api = startScript('api', [], { ...environment, PORT: '0', LOG_LEVEL: 'error' });
    expect(await api.ended).toBe(78);
    expect(api.lines).toEqual([expect.stringContaining(`the spool directory ${SPOOL_DIR} cannot be used: EEXIST`)]);
  });

  it('ends with exit code 78 and one line for a model file that is missing or damaged', async () => {
    for (const file of ['/nowhere/model.json', join(import.meta.dirname, 'service.test.ts')]) {
      const api = startScript('api', [], { MODEL_FILE: file });
      expect(await api.ended).toBe(78);
      expect(api.lines).toHaveLength(1);
    }
  });
});
