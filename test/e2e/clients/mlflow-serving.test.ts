/** The API follows a registered model of a real MLflow. Runs when IRIS_PYTHON_CLIENTS=1: MLflow is Python. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { type ApiProcess, startApiProcess } from '../support/api-process.ts';
import { type MlflowServer, startMlflowServer } from '../support/mlflow-server.ts';
import { startLoad } from '../support/no-retry-client.ts';
import { startScript } from '../support/processes.ts';

/** The first run installs packages. */
const INSTALL_MS = 600_000;
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

let mlflow: MlflowServer;
let directory: string;
let api: ApiProcess;
beforeAll(async () => {
  mlflow = await startMlflowServer(preparePython('mlflow-requirements.txt'));
  directory = await mkdtemp(join(tmpdir(), 'iris-serving-'));
  api = await startApi();
}, INSTALL_MS);
afterAll(async () => {
  await api?.terminate();
  await mlflow?.stop();
  await rm(directory, { recursive: true });
});

function startApi(): Promise<ApiProcess> {
  const MODEL_CACHE_DIR = join(directory, 'cache');
  return startApiProcess({ MODEL_URI: 'models:/iris@champion', MLFLOW_TRACKING_URI: mlflow.url, MODEL_CACHE_DIR });
}

async function train(dataset: string, model: string, version: string): Promise<void> {
  const args = ['--dataset', dataset, '--model', model, '--version', version, '--out', join(directory, 'model.json')];
  const options = ['--evaluate', 'none', '--alias', 'champion', '--require-tracking'];
  const training = startScript('train', [...args, ...options], { PATH: process.env.PATH!, MLFLOW_TRACKING_URI: mlflow.url });
  expect([await training.ended, training.lines]).toEqual([
    0,
    expect.arrayContaining([expect.stringContaining('alias champion')]),
  ]);
}

const health = () => api.read<{ current_model: string | null; version: string | null; detail?: string }>('/health');

// One story, in order: each test goes on where the one before ended.
describe('P5-4: an API that gets its model from MLflow', () => {
  it('is not ready before there is one, and says what is missing', async () => {
    const ready = await api.get('/ready');
    expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ code: 'MODEL_VERSION_MISSING' })]);
  });

  it('serves the version that the alias points at as soon as there is one', async () => {
    await train('iris', 'rf', '0.1.0');
    await expect.poll(async () => (await api.get('/ready')).status).toBe(200);
    expect(await health()).toMatchObject({ status: 'healthy', version: '0.1.0', current_model: 'models:/iris/1' });
    expect(await (await api.post('/predict', SETOSA)).json()).toMatchObject({ prediction: 'setosa' });
  });

  it('follows the alias without a restart and without a failed request', async () => {
    const load = startLoad({ port: () => api.port, clients: 4, path: '/predict', body: () => SETOSA });
    await train('iris', 'svm', '0.2.0');
    await expect.poll(async () => (await health()).version).toBe('0.2.0');
    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  it('keeps its model when the alias is pointed at one of another program', async () => {
    const post = (path: string, body: object) =>
      fetch(`${mlflow.url}/api/2.0/mlflow/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const logged = await post('logged-models', { experiment_id: '1', name: 'other' });
    const { model } = (await logged.json()) as { model: { info: { model_id: string } } };
    const { model_id } = model.info;
    const created = await post('model-versions/create', { name: 'iris', source: `models:/${model_id}`, model_id });
    expect(created.status).toBe(200);
    await post('registered-models/alias', { name: 'iris', alias: 'champion', version: '3' });
    await expect.poll(async () => (await health()).detail).toContain('it is not of this trainer');
    expect((await health()).version).toBe('0.2.0');
    await post('registered-models/alias', { name: 'iris', alias: 'champion', version: '2' });
    await expect.poll(async () => (await health()).detail).toBeUndefined();
  });

  it('serves on while MLflow is away, also after a restart', async () => {
    await mlflow.stop();
    await expect.poll(async () => (await health()).detail).toContain('MLflow cannot be asked');
    expect((await api.get('/ready')).status).toBe(200);
    await api.terminate();
    api = await startApi();
    expect(await health()).toMatchObject({ status: 'error', version: '0.2.0', current_model: 'models:/iris/2' });
    expect((await api.post('/predict', SETOSA)).status).toBe(200);
    // Where MLflow is stands in the log alone.
    expect(JSON.stringify(await health())).not.toContain(new URL(mlflow.url).port);
    expect(api.lines.join('\n')).toContain(new URL(mlflow.url).port);
  });
});
