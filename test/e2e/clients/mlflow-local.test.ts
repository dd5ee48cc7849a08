/** The trainer tracks in a local store, written by an MLflow of its own. Runs when IRIS_PYTHON_CLIENTS=1: MLflow is Python. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { startScript } from '../support/processes.ts';

/** The first run installs packages. */
const INSTALL_MS = 600_000;
/** Python reads MLflow for seconds, on a busy machine for many. */
const START_MS = 120_000;

const READ = `
import json, mlflow, sys
from mlflow import MlflowClient
client = MlflowClient()
experiment = client.get_experiment_by_name("iris")
runs = [[run.info.status, run.data.params["model"]] for run in client.search_runs([experiment.experiment_id])]
print(json.dumps({"runs": runs, "version": str(client.get_model_version_by_alias("iris", "champion").version)}))
`;

let python: string;
let directory: string;
beforeAll(async () => {
  python = preparePython('mlflow-requirements.txt');
  directory = await mkdtemp(join(tmpdir(), 'iris-local-'));
}, INSTALL_MS);
afterAll(() => rm(directory, { recursive: true }));

/** Trains beside the Python that holds MLflow, as in an environment that is active. */
function start(options: readonly string[], path = [dirname(python), process.env.PATH].join(delimiter)) {
  const uri = `sqlite:///${directory}/runs/mlflow.db`;
  const args = ['--dataset', 'iris', '--model', 'svm', '--version', '0.1.0', '--out', join(directory, 'model.json'), ...options];
  return startScript('train', args, { PATH: path, MLFLOW_TRACKING_URI: uri });
}

/** Command lines of running programs that name the store. */
async function programsOfStore(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(`${directory}/runs`) && line.includes('mlflow'));
}

describe('P5-5: a training tracked in a local store', () => {
  it(
    'is in a database and a folder that MLflow opens, and leaves no server behind',
    async () => {
      const training = start(['--evaluate', 'holdout', '--alias', 'champion']);
      expect([await training.ended, training.lines]).toEqual([
        0,
        expect.arrayContaining([
          expect.stringMatching(/^tracked as run \w{32} in .*runs; to see it: cd .*runs && \w+ -m mlflow ui$/),
        ]),
      ]);
      expect((await readdir(join(directory, 'runs'))).sort()).toEqual(['mlartifacts', 'mlflow.db']);
      expect(await programsOfStore()).toEqual([]);
      const options = {
        cwd: join(directory, 'runs'),
        env: { PATH: process.env.PATH, MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' },
      };
      const { stdout } = await promisify(execFile)(python, ['-c', READ], options);
      expect(JSON.parse(stdout)).toEqual({ runs: [['FINISHED', 'svm']], version: '1' });
      const artifacts = await readdir(join(directory, 'runs/mlartifacts'), { recursive: true });
      const model = artifacts.find((path) => path.endsWith('model.json'))!;
      const kept = await readFile(join(directory, 'runs/mlartifacts', model), 'utf8');
      expect(kept).toBe(await readFile(join(directory, 'model.json'), 'utf8'));
    },
    START_MS,
  );

  it(
    'leaves no server behind when it is killed',
    async () => {
      const training = start(['--model', 'rf', '--trees', '500']);
      await expect.poll(() => training.lines.join('\n'), { timeout: START_MS }).toContain('tracked as run');
      expect(await programsOfStore()).not.toEqual([]);
      training.child.kill('SIGKILL');
      await training.ended;
      await expect.poll(programsOfStore).toEqual([]);
    },
    START_MS,
  );

  it('goes on untracked, with one line, where there is no Python', async () => {
    const training = start(['--evaluate', 'none'], directory);
    expect([await training.ended, training.lines.filter((line) => line.startsWith('warning'))]).toEqual([
      0,
      [
        'warning: not tracked: a local MLflow needs Python, and there is none: install Python 3.10 or later, or give the address of a server in MLFLOW_TRACKING_URI; training goes on',
      ],
    ]);
  });
});
