/** MLflow itself judges what the trainer logs: its server keeps it, its official client reads it. Runs when IRIS_PYTHON_CLIENTS=1: both are Python. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeTracking } from '@iris/tracking/tracking-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePython } from '../../../scripts/python-environment.ts';
import { type MlflowServer, startMlflowServer } from '../support/mlflow-server.ts';
import { startScript } from '../support/processes.ts';

/** The first run installs packages. */
const INSTALL_MS = 600_000;

interface Read {
  readonly ours: {
    readonly status: string;
    readonly name: string;
    readonly params: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, number>>;
    readonly fold_accuracy: readonly (readonly [number, number])[];
    readonly artifacts: readonly string[];
    readonly [name: string]: unknown;
  };
  readonly beside: object;
}

let server: MlflowServer;
let modelFile: string;
let output: string;
let read: Read;

beforeAll(async () => {
  const python = preparePython('mlflow-requirements.txt');
  server = await startMlflowServer(python);
  const out = join(server.directory, 'model.json');
  const args = ['--dataset', 'iris', '--model', 'svm', '--version', '0.2.0', '--c', '2', '--out', out, '--alias', 'champion'];
  const training = startScript('train', args, { PATH: process.env.PATH!, USER: 'ada', MLFLOW_TRACKING_URI: server.url });
  const code = await training.ended;
  output = training.lines.join('\n');
  if (code !== 0) throw new Error(output);
  modelFile = await readFile(out, 'utf8');
  const script = join(import.meta.dirname, 'mlflow_check.py');
  const { stdout } = await promisify(execFile)(python, [script, server.url, 'iris', 'iris'], { cwd: server.directory });
  read = JSON.parse(stdout.trim().split('\n').at(-1)!);
}, INSTALL_MS);

afterAll(() => server?.stop());

describe('P5-4: what MLflow’s official client reads of a training', () => {
  it('parameters: the options as given and as used, the seed and the dataset', () => {
    expect(read.ours.params).toEqual({
      dataset: 'iris',
      samples: '150',
      model: 'svm',
      version: '0.2.0',
      seed: '42',
      evaluate: 'full',
      c: '2',
      gamma: expect.stringMatching(/^0\.2/),
      tol: '0.001',
    });
  });

  it('the figures of the report, and those of each of the hundred folds as steps', () => {
    const { metrics, fold_accuracy: folds } = read.ours;
    expect(output).toContain(`accuracy  ${metrics.accuracy!.toFixed(4)} ± ${metrics.accuracy_standard_error!.toFixed(4)}`);
    expect(output).toContain(`log-loss  ${metrics.log_loss!.toFixed(4)}`);
    expect(folds.map(([step]) => step)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    const mean = folds.reduce((sum, [, value]) => sum + value, 0) / folds.length;
    expect(mean).toBeCloseTo(metrics.accuracy!, 12);
    expect(metrics['recall.setosa']).toBe(1);
  });

  it('tags: commit, checksum of the data, engine, user', () => {
    expect(read.ours.tags).toMatchObject({
      'mlflow.source.git.commit': expect.stringMatching(/^[0-9a-f]{40}$/),
      'mlflow.user': 'ada',
      data_checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      engine: 'iris',
      checksum: JSON.parse(modelFile).checksum,
    });
    expect([read.ours.status, read.ours.name]).toEqual(['FINISHED', 'svm 0.2.0']);
  });

  it('artifacts: the model’s card, the pictures, and the model file, byte for byte', () => {
    expect(read.ours.artifacts).toEqual(
      expect.arrayContaining(['confusion-matrix.svg', 'model-card.md', 'reliability-curve.svg']),
    );
    expect(read.ours).toMatchObject({
      card: expect.stringMatching(/^# iris: svm 0\.2\.0\n/),
      picture: expect.stringMatching(/^<svg /),
      model_file: modelFile,
      model_file_of_run: modelFile,
    });
  });

  it('a logged model and a registered version with the checksum, under the alias, whose signature it understands', () => {
    const { checksum } = JSON.parse(modelFile);
    expect(read.ours).toMatchObject({
      logged_model: { name: 'model', status: 'READY', run: read.ours.run_id, tags: { checksum } },
      version: { aliases: ['champion'], run: read.ours.run_id, tags: { checksum, model_version: '0.2.0' } },
      inputs: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
      flavors: { iris: { model_file: 'model.json', format_version: 2 } },
    });
  });

  it('beside a model that the client’s own example logs', () => {
    expect(read.beside).toEqual({
      runs: ['sklearn', 'svm 0.2.0'],
      accuracies: 2,
      registered: ['iris', 'sklearn-iris'],
      logged: 2,
    });
  });
});

describeTracking('MLflow', async () => ({ url: server.url, stop: async () => undefined }));
