/** The command line beside a tracking server: what arrives there, and what becomes of the training when nothing does. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFile } from '@iris/model-file';
import { type FakeMlflow, startFakeMlflow } from '@iris/tracking/test-mlflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const SECRETS = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'hunter2' };

let directory: string;
let mlflow: FakeMlflow;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-tracking-'));
  mlflow = await startFakeMlflow();
});
afterEach(async () => {
  await mlflow.close();
  await rm(directory, { recursive: true });
});

function start(more: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const args = [MAIN, '--dataset', 'iris', '--model', 'svm', '--version', '0.1.0', '--out', 'model.json', ...more];
  return spawn(process.execPath, args, {
    cwd: directory,
    env: { PATH: process.env.PATH, MLFLOW_TRACKING_URI: mlflow.url, ...SECRETS, ...environment },
  });
}

async function train(more: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
  const child = start(more, environment);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name]!.on('data', (chunk) => (texts[name] += chunk));
  const [code] = await once(child, 'close');
  return { code: code as number, ...texts };
}

/** The run as the server has it. */
async function readRun(id = 'run1') {
  const answer = await fetch(`${mlflow.url}/api/2.0/mlflow/runs/get?run_id=${id}`);
  const { run } = (await answer.json()) as {
    run: { info: { status: string }; data: { tags: { key: string; value: string }[] } };
  };
  return { status: run.info.status, tags: Object.fromEntries(run.data.tags.map(({ key, value }) => [key, value])) };
}

describe('P5-4, P5-5: a training that is tracked on a server', () => {
  it('leaves a FINISHED run with its model, card and pictures, and says where', async () => {
    const { code, stdout, stderr } = await train(['--alias', 'champion']);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(stdout).toContain(`tracked as ${mlflow.url}/#/experiments/1/runs/run1\n`);
    expect(stdout).toMatch(/model file: model\.json\nregistered as iris, version 1, alias champion\n$/);
    const document = await readModelFile(join(directory, 'model.json'));
    const { status, tags } = await readRun();
    expect(status).toBe('FINISHED');
    expect(tags).toMatchObject({
      'mlflow.source.git.commit': expect.stringMatching(/^[0-9a-f]{40}$/),
      data_checksum: expect.stringMatching(/^sha256:/),
      engine: document.training.engine,
      checksum: document.checksum,
    });
    expect([...mlflow.artifacts.keys()].sort()).toEqual([
      '1/models/m-1/artifacts/MLmodel',
      '1/models/m-1/artifacts/model-card.md',
      '1/models/m-1/artifacts/model.json',
      '1/run1/artifacts/confusion-matrix.svg',
      '1/run1/artifacts/model-card.md',
      '1/run1/artifacts/reliability-curve.svg',
    ]);
  });

  it('uses MLflow’s variables for the credential, the experiment and a run that goes on', async () => {
    const { stdout, stderr } = await train(['--evaluate', 'none'], { MLFLOW_EXPERIMENT_NAME: 'spring' });
    expect(`${stdout}${stderr}`).not.toContain('hunter2');
    expect(new Set(mlflow.headers.map(({ authorization }) => authorization))).toEqual(new Set(['Basic YWRhOmh1bnRlcjI=']));
    const byName = await fetch(`${mlflow.url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=spring`);
    expect(byName.status).toBe(200);
    const sent = () => mlflow.requests.filter((line) => line.startsWith('PUT')).length;
    const before = sent();
    const again = await train(['--evaluate', 'none'], { MLFLOW_EXPERIMENT_NAME: 'spring', MLFLOW_RUN_ID: 'run1' });
    expect([again.code, sent()]).toEqual([0, before]);
    expect(again.stdout).toContain('registered as iris, version 1\n');
  });

  it('is FAILED when a gate is not passed', async () => {
    const { code } = await train(['--min-accuracy', '0.999', '--evaluate', 'holdout']);
    expect(code).toBe(1);
    const { status, tags } = await readRun();
    expect([status, tags.failure]).toEqual(['FAILED', expect.stringContaining('is below --min-accuracy 0.999')]);
  });

  it('has the verdict of the registry’s gate beside it, and is FAILED, with no version, when that refuses the model', async () => {
    const offer = (...more: string[]) => train(['--evaluate', 'holdout', '--registry', 'registry', ...more]);
    expect((await offer()).code).toBe(0);
    const refused = await offer('--c', '0.001', '--alias', 'champion');
    expect([refused.code, refused.stdout]).toEqual([3, expect.not.stringContaining('registered as')]);
    expect((await readRun()).status).toBe('FINISHED');
    const { status, tags } = await readRun('run2');
    expect([status, tags.failure]).toEqual(['FAILED', expect.stringContaining('the gate refused v0002')]);
    for (const [run, word] of [
      ['run1', 'passed'],
      ['run2', 'refused'],
    ]) {
      const verdict = mlflow.artifacts.get(`1/${run}/artifacts/verdict.json`);
      expect(JSON.parse(String(verdict)).verdict).toBe(word);
      expect(String(mlflow.artifacts.get(`1/${run}/artifacts/verdict.md`))).toContain(`for iris: ${word}\n`);
    }
  });

  it('is FAILED when it is interrupted, and the signal still ends it', async () => {
    const child = start(['--model', 'rf', '--trees', '200']);
    await once(child.stderr!, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect(await readRun()).toMatchObject({ status: 'FAILED', tags: { failure: 'interrupted' } });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('P5-5: a training whose tracking server is at fault', () => {
  const FAULTS: readonly (readonly [string, FakeMlflow['fault'], RegExp])[] = [
    [
      'refuses who asks',
      () => ({ status: 401, text: 'no' }),
      /^warning: not tracked: MLflow at .* refuses who asks \(401\): .*; training goes on$/m,
    ],
    [
      'fails',
      () => ({ status: 500, text: 'oops' }),
      /^warning: not tracked: MLflow at .* failed \(500: oops\); training goes on$/m,
    ],
    ['cuts every connection', () => 'cut', /^warning: not tracked: MLflow at .* cannot be reached \(.*\); training goes on$/m],
    ['never answers', () => 'silent', /^warning: not tracked: MLflow at .* took too long; training goes on$/m],
    [
      'fails at the upload',
      ({ method }) => (method === 'PUT' ? { status: 500, text: 'disk full' } : undefined),
      /^warning: not tracked to the end: MLflow at .* failed \(500: disk full\); the same command with MLFLOW_RUN_ID=run1 goes on with it$/m,
    ],
  ];

  it.each(FAULTS)('that %s still gives its model file, and one line', async (_case, fault, line) => {
    mlflow.fault = fault;
    const { code, stderr } = await train(['--evaluate', 'none']);
    expect(code).toBe(0);
    expect(stderr).toMatch(line);
    expect(stderr.match(/warning/g)).toHaveLength(1);
    expect((await readModelFile(join(directory, 'model.json'))).version).toBe('0.1.0');
  });

  it('ends with 1 under --require-tracking: before training where it cannot start, after writing the file where it cannot end', async () => {
    mlflow.fault = () => ({ status: 500, text: 'oops' });
    const refused = await train(['--require-tracking', '--evaluate', 'none']);
    expect([refused.code, refused.stderr]).toEqual([1, `MLflow at ${mlflow.url} failed (500: oops)\n`]);
    expect(await readdir(directory)).toEqual([]);
    mlflow.fault = ({ method }) => (method === 'PUT' ? { status: 500, text: 'disk full' } : undefined);
    expect((await train(['--require-tracking', '--evaluate', 'none'])).code).toBe(1);
    expect(await readdir(directory)).toEqual(['model.json']);
    expect((await readRun()).status).toBe('FAILED');
  });

  it('refuses an address that cannot be one, and options that need one, with 2', async () => {
    const address = await train([], { MLFLOW_TRACKING_URI: 'http://ada:hunter2@127.0.0.1' });
    expect([address.code, address.stderr]).toEqual([2, expect.stringContaining('MLFLOW_TRACKING_USERNAME')]);
    expect(address.stderr).not.toContain('hunter2');
  });
});
