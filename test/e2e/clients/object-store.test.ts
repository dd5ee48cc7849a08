/** The trainer tracks in buckets, through the vendors' own SDKs. Runs when IRIS_PYTHON_CLIENTS=1: the stores that stand in are Python. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { preparePython } from '../../../scripts/python-environment.ts';
import { startScript } from '../support/processes.ts';

/** The first run installs packages. */
const INSTALL_MS = 300_000;
const BUCKET = 'models';
/** Whoever signs may read; the signature itself is not checked here. */
const SIGNED = 'AWS4-HMAC-SHA256 Credential=key/20261130/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none';
/** Between two looks whether a server answers. */
const LOOK_MS = 100;

/** A store that stands in for a vendor's. */
interface Store {
  readonly url: string;
  readonly uri: string;
  /** What the SDK is told by its own variables. */
  readonly environment: Readonly<Record<string, string>>;
  read(key: string): Promise<Response>;
  list(): Promise<string[]>;
}

let programs: string;
let directory: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  programs = dirname(preparePython('object-store-requirements.txt'));
  directory = await mkdtemp(join(tmpdir(), 'iris-buckets-'));
}, INSTALL_MS);
afterAll(async () => {
  for (const child of children) {
    child.kill();
    await once(child, 'close');
  }
  await rm(directory, { recursive: true });
});

async function start(program: string, args: (port: number) => readonly string[]): Promise<string> {
  const port = await freePort();
  const child = spawn(join(programs, program), args(port), { stdio: 'ignore' });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await sleep(LOOK_MS);
  }
  return url;
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function startS3(): Promise<Store> {
  const url = await start('moto_server', (port) => ['-H', '127.0.0.1', '-p', String(port)]);
  await fetch(`${url}/${BUCKET}`, { method: 'PUT' });
  return {
    url,
    uri: `s3://${BUCKET}/runs`,
    environment: { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'hunter2' },
    read: (key) => fetch(`${url}/${BUCKET}/${key}`, { headers: { authorization: SIGNED } }),
    async list() {
      const text = await (await fetch(`${url}/${BUCKET}?list-type=2`)).text();
      return [...text.matchAll(/<Key>([^<]*)</g)].map(([, key]) => key!);
    },
  };
}

async function startGcs(): Promise<Store> {
  const options = (port: number) => ['start', '--host=127.0.0.1', `--port=${port}`, '--in-memory', `--default-bucket=${BUCKET}`];
  const url = await start('gcp-storage-emulator', options);
  const objects = `${url}/storage/v1/b/${BUCKET}/o`;
  return {
    url,
    uri: `gs://${BUCKET}/runs`,
    environment: { STORAGE_EMULATOR_HOST: url },
    read: (key) => fetch(`${url}/download/storage/v1/b/${BUCKET}/o/${encodeURIComponent(key)}?alt=media`),
    async list() {
      const { items } = (await (await fetch(objects)).json()) as { items: { name: string }[] };
      return items.map(({ name }) => name);
    },
  };
}

async function train(store: Store, environment: Readonly<Record<string, string>> = {}, ...options: string[]) {
  const out = join(directory, 'model.json');
  const args = ['--dataset', 'iris', '--model', 'svm', '--version', '0.1.0', '--evaluate', 'holdout', '--out', out];
  const variables = { PATH: process.env.PATH!, MLFLOW_TRACKING_URI: store.uri, ...store.environment, ...environment };
  const training = startScript('train', [...args, ...options], variables);
  return { code: await training.ended, output: training.lines.join('\n'), model: await readFile(out, 'utf8').catch(() => '') };
}

describe.each([
  ['s3', startS3],
  ['gs', startGcs],
] as const)('P5-5: a training tracked under %s://', (scheme, startStore) => {
  let store: Store;
  let runId: string;
  beforeAll(async () => {
    store = await startStore();
  }, INSTALL_MS);

  it('leaves model, card, metrics, pictures and the run’s state in the bucket, and says where', async () => {
    const { code, output, model } = await train(store);
    expect([code, output]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(output).not.toContain('hunter2');
    const folder = new RegExp(`^tracked as ${scheme}://${BUCKET}/(runs/iris/([0-9a-f]{32}))$`, 'm').exec(output)!;
    runId = folder[2]!;
    const files = ['confusion-matrix.svg', 'metrics.json', 'model-card.md', 'model.json', 'reliability-curve.svg', 'run.json'];
    expect((await store.list()).sort()).toEqual(files.map((file) => `${folder[1]}/${file}`));
    expect(await (await store.read(`${folder[1]}/model.json`)).text()).toBe(model);
    expect(await (await store.read(`${folder[1]}/run.json`)).json()).toMatchObject({
      status: 'FINISHED',
      params: { model: 'svm', seed: '42' },
      tags: { checksum: JSON.parse(model).checksum },
    });
    const metrics = (await (await store.read(`${folder[1]}/metrics.json`)).json()) as { key: string; value: number }[];
    expect(metrics.find(({ key }) => key === 'accuracy')!.value).toBe(JSON.parse(model).metrics.accuracy.mean);
  });

  it('goes on with a run', async () => {
    const { code, output } = await train(store, { MLFLOW_RUN_ID: runId });
    expect([code, output]).toEqual([0, expect.stringContaining(`runs/iris/${runId}`)]);
    expect(await store.list()).toHaveLength(6);
  });

  it('is FAILED when a gate is not passed', async () => {
    const { code, output } = await train(store, {}, '--min-accuracy', '0.999');
    const [, folder] = /tracked as \w+:\/\/models\/(.*)/.exec(output)!;
    expect([code, await (await store.read(`${folder}/run.json`)).json()]).toEqual([
      1,
      expect.objectContaining({ status: 'FAILED', failure: expect.stringContaining('--min-accuracy') }),
    ]);
  });

  it('gives its model file and one line where there is no such bucket, and no registry for an alias', async () => {
    const { code, output } = await train({ ...store, uri: `${scheme}://no-such-bucket` });
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^warning: not tracked: .*:\/\/no-such-bucket is not there \(404: .*; training goes on$/m),
    ]);
    const alias = await train(store, {}, '--alias', 'champion');
    expect([alias.code, alias.output]).toEqual([2, expect.stringContaining('--alias needs a registry of models')]);
  });
});
