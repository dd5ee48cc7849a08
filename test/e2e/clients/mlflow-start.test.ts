/** `npm start -- --mlflow`. Runs when IRIS_PYTHON_CLIENTS=1: MLflow is Python. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { preparePython } from '../../../scripts/python-environment.ts';
import { ROOT } from '../../repository.ts';

/** The first run installs packages. */
const INSTALL_MS = 600_000;
/** Three trainings, PostgreSQL and MLflow on a busy machine. */
const UP = { timeout: 180_000, interval: 100 };

let home: string;
let python: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  python = preparePython('mlflow-requirements.txt');
  home = await mkdtemp(join(tmpdir(), 'iris-home-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(home, 0o755);
}, INSTALL_MS);
afterAll(async () => {
  child?.kill('SIGTERM');
  await rm(home, { recursive: true });
});

/** Starts it, resolves once all is up, and is ended by `stop`. */
async function start() {
  const [port, mlflowPort] = [await freePort(), await freePort()];
  const env = {
    PATH: [dirname(python), process.env.PATH].join(delimiter),
    PORT: String(port),
    MLFLOW_PORT: String(mlflowPort),
    MODEL_URI: 'models:/iris@champion',
  };
  const args = ['scripts/start/main.ts', '--home', home, '--no-client', '--no-mcp', '--mlflow'];
  const started = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let printed = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = once(started, 'close');
  await expect.poll(() => printed, UP).toContain('Ctrl-C stops everything.');
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  return {
    printed,
    mlflowPort,
    health: await health.json(),
    async stop() {
      started.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    },
  };
}

it(
  'P5-4, P5-5: npm start -- --mlflow keeps what it trains in a local MLflow, and the API can follow that',
  async () => {
    const { printed, mlflowPort, health, stop } = await start();
    expect(printed).toMatch(new RegExp(`^ {2}MLflow +http://127\\.0\\.0\\.1:${mlflowPort}$`, 'm'));
    expect(health).toMatchObject({ status: 'healthy', current_model: expect.stringMatching(/^models:\/iris\/[1-4]$/) });
    const search = await fetch(`http://127.0.0.1:${mlflowPort}/api/2.0/mlflow/model-versions/search`);
    const { model_versions } = (await search.json()) as { model_versions: { tags: { key: string; value: string }[] }[] };
    const algorithms = model_versions.map(({ tags }) => tags.find(({ key }) => key === 'algorithm')?.value);
    expect(algorithms.sort()).toEqual(['gbt', 'logreg', 'rf', 'svm']);
    await stop();
    await expect(fetch(`http://127.0.0.1:${mlflowPort}/health`)).rejects.toThrow();
  },
  INSTALL_MS,
);

it(
  'P5-4: an MLflow that has no model gets the one to serve also where the files were trained before',
  async () => {
    await rm(join(home, '.data/mlflow'), { recursive: true });
    const { printed, health, stop } = await start();
    expect(printed).toContain('Training rf on iris …\n');
    expect(health).toMatchObject({ status: 'healthy', current_model: 'models:/iris/1' });
    await stop();
  },
  INSTALL_MS,
);
