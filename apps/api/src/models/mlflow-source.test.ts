import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksum, serializeModel, type UnsealedDocument } from '@iris/model-file';
import { Connection, startRun } from '@iris/tracking';
import { type FakeMlflow, startFakeMlflow } from '@iris/tracking/test-mlflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { irisDocument } from '../test-app.ts';
import { openMlflowSource } from './mlflow-source.ts';
import { openModelCopy } from './model-copy.ts';
import type { ModelProblem, ModelSource } from './model-source.ts';
import { openRegisteredModel } from './registered-model.ts';
import { describeModelSource } from './source-contract.ts';

const POLL_MS = 20;

/** Registers a model file in MLflow, as the trainer does, and points the alias `champion` at it; gives the version. */
async function register(url: string, text: string, tags: Record<string, string> = {}): Promise<string> {
  const run = await startRun(new Connection({ url }), { experiment: 'iris', name: 'rf', startTime: 1, params: {}, tags: {} });
  const description = { flavor: { name: 'iris', settings: {} }, inputs: [], outputs: [] };
  const files = [{ path: 'model.json', bytes: Buffer.from(text) }];
  const model = { name: 'iris', tags, alias: 'champion', files, description };
  return (await run.complete({ params: {}, tags: {}, metrics: [], artifacts: [], model })).version;
}

const modelAt = (trackingUri: string, uri = 'models:/iris@champion') =>
  openRegisteredModel({ uri, trackingUri, credentials: {} });

describeModelSource('MLflow', async () => {
  const mlflow = await startFakeMlflow();
  const nameOf = (version: string) => `models:/iris/${version}`;
  return {
    publish: async (document) => nameOf(await register(mlflow.url, serializeModel(document), { checksum: checksum(document) })),
    publishText: async (text) => nameOf(await register(mlflow.url, text)),
    async goAway() {
      mlflow.fault = () => 'cut';
    },
    async comeBack() {
      mlflow.fault = () => undefined;
    },
    open(options) {
      return openMlflowSource({ ...options, model: modelAt(mlflow.url), pollMs: POLL_MS });
    },
    dispose: () => mlflow.close(),
  };
});

describe('openMlflowSource', () => {
  let mlflow: FakeMlflow;
  let directory: string;
  let source: ModelSource | undefined;
  let problems: ModelProblem[];
  beforeEach(async () => {
    mlflow = await startFakeMlflow();
    directory = await mkdtemp(join(tmpdir(), 'iris-copy-'));
    problems = [];
  });
  afterEach(async () => {
    source?.close();
    await mlflow.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function open(uri = 'models:/iris@champion', copyDirectory = directory): Promise<ModelSource> {
    source?.close();
    source = await openMlflowSource({
      model: modelAt(mlflow.url, uri),
      copy: openModelCopy(copyDirectory),
      servedName: undefined,
      onProblem: (problem) => problems.push(problem),
      pollMs: POLL_MS,
    });
    return source;
  }

  const publish = (document: UnsealedDocument) =>
    register(mlflow.url, serializeModel(document), { checksum: checksum(document) });
  const downloads = () => mlflow.requests.filter((line) => line.includes('get-artifact')).length;
  const looks = () => mlflow.requests.filter((line) => line.endsWith('registered-models/alias')).length;

  /** Resolves when the source has asked three times more. */
  async function threeLooks(): Promise<void> {
    const before = looks();
    await expect.poll(looks).toBeGreaterThanOrEqual(before + 3);
  }

  it('downloads a version once, also one that it refuses', async () => {
    await publish(irisDocument());
    await open();
    await threeLooks();
    expect(downloads()).toBe(1);
    await register(mlflow.url, '{');
    await expect.poll(() => problems.map(({ code }) => code)).toEqual(['MODEL_FILE_NOT_JSON']);
    await threeLooks();
    expect(downloads()).toBe(2);
  });

  it('refuses a model whose checksum is not the one that was registered', async () => {
    await publish(irisDocument({ version: '0.1.0' }));
    const opened = await open();
    await register(mlflow.url, serializeModel(irisDocument({ version: '0.2.0' })), { checksum: `sha256:${'0'.repeat(64)}` });
    await expect.poll(() => opened.problem()?.code).toBe('MODEL_CHECKSUM_DIFFERENT');
    expect(opened.current()?.version).toBe('0.1.0');
  });

  it('serves one version by its number, whatever the alias does', async () => {
    await publish(irisDocument({ version: '0.1.0' }));
    await publish(irisDocument({ version: '0.2.0' }));
    expect((await open('models:/iris/1')).current()?.version).toBe('0.1.0');
  });

  it('says of a model, alias or version that is not there that it is missing, and of one of others that it holds no model file', async () => {
    expect((await open()).problem()?.code).toBe('MODEL_VERSION_MISSING');
    await publish(irisDocument());
    expect((await open('models:/iris@challenger')).problem()?.code).toBe('MODEL_VERSION_MISSING');
    expect((await open('models:/iris/9')).problem()?.code).toBe('MODEL_VERSION_MISSING');
    for (const path of mlflow.artifacts.keys()) if (path.endsWith('model.json')) mlflow.artifacts.delete(path);
    expect((await open()).problem()).toEqual({
      code: 'MODEL_FILE_MISSING',
      detail: 'The model file models:/iris/1 cannot be served: the version holds no model.json: it is not of this trainer',
    });
  });

  it.each([
    [401, 'it refuses who asks'],
    [500, 'it fails'],
  ])('says of a %d that %s, without the address', async (status, reason) => {
    mlflow.fault = () => ({ status, text: 'secret-place' });
    const problem = (await open()).problem()!;
    expect(problem).toEqual({
      code: 'MLFLOW_UNAVAILABLE',
      detail: `MLflow cannot be asked for the alias champion of iris: ${reason}.`,
    });
  });

  it('serves its copy after a restart while MLflow is away, and goes on to the newest once it is back', async () => {
    await publish(irisDocument({ version: '0.1.0' }));
    await publish(irisDocument({ version: '0.2.0' }));
    await open();
    expect(await readdir(directory)).toEqual(['2.json']);
    mlflow.fault = () => 'cut';
    const restarted = await open();
    expect([restarted.current()?.version, restarted.currentName(), restarted.problem()?.code]).toEqual([
      '0.2.0',
      'models:/iris/2',
      'MLFLOW_UNAVAILABLE',
    ]);
    const before = downloads();
    mlflow.fault = () => undefined;
    await expect.poll(() => restarted.problem()).toBeUndefined();
    expect(downloads()).toBe(before);
    await publish(irisDocument({ version: '0.3.0' }));
    await expect.poll(() => restarted.current()?.version).toBe('0.3.0');
    await expect.poll(() => readdir(directory)).toEqual(['3.json']);
  });

  it('serves no copy that is damaged, nor one of an alias that MLflow says is gone', async () => {
    await publish(irisDocument());
    await open();
    mlflow.fault = () => 'cut';
    await writeFile(join(directory, '1.json'), '{');
    const damaged = await open();
    await threeLooks();
    expect([damaged.current(), problems.map(({ code }) => code)]).toEqual([
      undefined,
      ['MODEL_FILE_NOT_JSON', 'MLFLOW_UNAVAILABLE'],
    ]);
    mlflow.fault = () => undefined;
    await open();
    const gone = '{"error_code":"INVALID_PARAMETER_VALUE","message":"Registered model alias champion not found."}';
    mlflow.fault = () => ({ status: 400, text: gone });
    const missing = await open();
    expect([missing.current(), missing.problem()?.code]).toEqual([undefined, 'MODEL_VERSION_MISSING']);
  });

  it('serves on where the copy cannot be written, and says so', async () => {
    await publish(irisDocument());
    const opened = await open('models:/iris@champion', join(directory, 'gone'));
    expect([opened.current()?.version, problems.map(({ code }) => code)]).toEqual(['0.1.0', ['MODEL_COPY_UNWRITABLE']]);
  });
});
