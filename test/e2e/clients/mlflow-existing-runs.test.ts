/** Phase 5's workflow 1: runs that are there already, in a folder `mlruns`, come into a server's database. Runs when IRIS_PYTHON_CLIENTS=1. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { readRepositoryFile } from '../../repository.ts';
import { type MlflowServer, startMlflowServer } from '../support/mlflow-server.ts';
import { startScript } from '../support/processes.ts';

/** The first run installs packages. */
const INSTALL_MS = 600_000;
const run = promisify(execFile);

/** What an author of long ago did, on a machine of their own. */
const LONG_AGO = `
import mlflow
mlflow.set_experiment("iris")
with mlflow.start_run(run_name="long ago"):
    mlflow.log_param("trees", 10)
    mlflow.log_metric("accuracy", 0.9)
    mlflow.log_text("what it was like", "notes.txt")
`;

/** The shell commands of the folder's README, between the marks of its block, with this machine's folder for the pod's. */
function takeOverCommands(directory: string): string {
  const [, commands] = /-- sh -c '\n([\s\S]*?)'\n/.exec(readRepositoryFile('k8s/mlops-mlflow/README.md'))!;
  return commands!.replaceAll('/mlflow/', `${directory}/`);
}

let python: string;
let directory: string;
let server: MlflowServer;
beforeAll(async () => {
  python = preparePython('mlflow-requirements.txt');
  directory = await mkdtemp(join(tmpdir(), 'iris-existing-'));
  const author = join(directory, 'author');
  await mkdir(author);
  const env = { PATH: process.env.PATH, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_TRACKING_URI: `file://${author}/mlruns` };
  await run(python, ['-c', LONG_AGO], { cwd: author, env });
  // Another machine: nothing is where it was.
  const volume = join(directory, 'volume');
  await mkdir(join(volume, 'old'), { recursive: true });
  await cp(join(author, 'mlruns'), join(volume, 'old/mlruns'), { recursive: true });
  await rm(author, { recursive: true });
  const path = [dirname(python), process.env.PATH].join(delimiter);
  await run('sh', ['-ec', takeOverCommands(volume)], { env: { PATH: path } });
  const store = ['--backend-store-uri', `sqlite:///${volume}/migrated.db`, '--artifacts-destination', `${volume}/mlartifacts`];
  server = await startMlflowServer(python, store);
}, INSTALL_MS);
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true });
});

interface Run {
  readonly info: { readonly run_id: string; readonly run_name: string };
  readonly data: { readonly metrics: readonly { readonly key: string; readonly value: number }[] };
}

async function runsOf(experiment: string): Promise<Run[]> {
  const api = `${server.url}/api/2.0/mlflow`;
  const found = await fetch(`${api}/experiments/get-by-name?experiment_name=${experiment}`);
  const { experiment: its } = (await found.json()) as { experiment: { experiment_id: string } };
  const answer = await fetch(`${api}/runs/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_ids: [its.experiment_id], order_by: ['attributes.start_time ASC'] }),
  });
  return ((await answer.json()) as { runs: Run[] }).runs;
}

describe('P5-4: an existing mlruns folder, taken over as the README of k8s/mlops-mlflow says', () => {
  it('is there with its figures and its files', async () => {
    const [old] = await runsOf('iris');
    expect([old!.info.run_name, old!.data.metrics[0]]).toEqual([
      'long ago',
      expect.objectContaining({ key: 'accuracy', value: 0.9 }),
    ]);
    const file = await fetch(`${server.url}/get-artifact?run_uuid=${old!.info.run_id}&path=notes.txt`);
    expect(await file.text()).toBe('what it was like');
  });

  it('workflow 2: takes the next training beside it', async () => {
    const args = [
      '--dataset',
      'iris',
      '--model',
      'svm',
      '--version',
      '0.1.0',
      '--out',
      join(directory, 'm.json'),
      '--require-tracking',
    ];
    const training = startScript('train', [...args, '--evaluate', 'holdout'], {
      PATH: process.env.PATH!,
      MLFLOW_TRACKING_URI: server.url,
    });
    expect([await training.ended, training.lines.at(-1)]).toEqual([0, 'registered as iris, version 1']);
    expect((await runsOf('iris')).map(({ info }) => info.run_name)).toEqual(['long ago', 'svm 0.1.0']);
  });
});
