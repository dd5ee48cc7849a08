import { describe, expect, it } from 'vitest';
import type { RunResult } from '../tracked-run.ts';
import { describeStoreError } from './describe-store-error.ts';
import type { ObjectStore } from './object-store.ts';
import { startStoredRun } from './stored-run.ts';

const START = { experiment: 'iris', name: 'rf 0.1.0', startTime: 1, params: { seed: '42' }, tags: { data_checksum: 'sha256:d' } };
const RESULT: RunResult = {
  params: { trees: '100' },
  tags: { engine: 'ml-random-forest 2.1.0' },
  metrics: [{ key: 'accuracy', value: 0.9, timestamp: 2 }],
  artifacts: [{ path: 'model-card.md', bytes: Buffer.from('# card') }],
  model: {
    name: 'iris',
    tags: {},
    files: [
      { path: 'model.json', bytes: Buffer.from('{}') },
      { path: 'model-card.md', bytes: Buffer.from('# card') },
    ],
    description: { flavor: { name: 'iris', settings: {} }, inputs: [], outputs: [] },
  },
};

/** A bucket in memory that keeps what was put, and refuses keys that match. */
function createBucket() {
  const objects = new Map<string, { readonly text: string; readonly type: string }>();
  const puts: string[] = [];
  const bucket = { refused: undefined as RegExp | undefined, objects, puts };
  const store: ObjectStore = {
    address: 's3://models',
    async put(key, bytes, type) {
      if (bucket.refused?.test(key)) throw Object.assign(new Error('Slow down'), { $metadata: { httpStatusCode: 503 } });
      puts.push(key.slice(key.lastIndexOf('/') + 1));
      objects.set(key, { text: Buffer.from(bytes).toString(), type });
    },
    holds: async (key, bytes) => objects.get(key)?.text === Buffer.from(bytes).toString(),
  };
  return { ...bucket, store, refuse: (keys: RegExp | undefined) => (bucket.refused = keys) };
}

describe('startStoredRun', () => {
  it('says RUNNING first, then sends each file once, and says FINISHED last', async () => {
    const { store, objects, puts } = createBucket();
    const run = await startStoredRun(store, 'teams/a', START);
    const record = () => JSON.parse(objects.get(`teams/a/iris/${run.runId}/run.json`)!.text);
    expect(record()).toEqual({ ...START, status: 'RUNNING' });
    await run.complete(RESULT);
    expect(puts).toEqual(['run.json', 'model-card.md', 'model.json', 'metrics.json', 'run.json']);
    expect(record()).toMatchObject({
      status: 'FINISHED',
      params: { seed: '42', trees: '100' },
      tags: { data_checksum: 'sha256:d', engine: 'ml-random-forest 2.1.0' },
    });
    expect(run.address).toBe(`s3://models/teams/a/iris/${run.runId}`);
    expect([...objects.values()].map(({ type }) => type)).toContain('text/markdown; charset=utf-8');
  });

  it('is FAILED with the reason, never FINISHED, when a file cannot be sent, and goes on with what is missing', async () => {
    const { store, objects, puts, refuse } = createBucket();
    const run = await startStoredRun(store, '', START);
    refuse(/metrics/);
    await expect(run.complete(RESULT)).rejects.toMatchObject({ code: 'TRACKING_FAILED' });
    const record = () => JSON.parse(objects.get(`iris/${run.runId}/run.json`)!.text);
    expect(record()).toMatchObject({ status: 'FAILED', failure: 's3://models failed (503: Slow down)' });
    refuse(undefined);
    puts.length = 0;
    await (await startStoredRun(store, '', { ...START, runId: run.runId })).complete(RESULT);
    expect(puts).toEqual(['run.json', 'metrics.json', 'run.json']);
    expect(record()).not.toHaveProperty('failure');
  });

  it('does not start where the bucket cannot be written', async () => {
    const { store, refuse } = createBucket();
    refuse(/run\.json/);
    await expect(startStoredRun(store, '', START)).rejects.toMatchObject({ code: 'TRACKING_FAILED' });
  });
});

describe('describeStoreError', () => {
  it.each<[object, string, string]>([
    [
      Object.assign(new Error('The specified bucket does not exist'), { $metadata: { httpStatusCode: 404 } }),
      'TRACKING_NOT_FOUND',
      's3://models is not there (404: The specified bucket does not exist)',
    ],
    [
      Object.assign(new Error('Access Denied'), { code: 403 }),
      'TRACKING_UNAUTHORIZED',
      's3://models refuses who writes (403: Access Denied)',
    ],
    [
      Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
      'TRACKING_UNAUTHORIZED',
      's3://models needs credentials, by the variables of its SDK (Could not load credentials from any providers)',
    ],
    [
      new Error('request to https://storage.googleapis.com/upload failed, reason: getaddrinfo ENOTFOUND storage.googleapis.com'),
      'TRACKING_UNREACHABLE',
      's3://models cannot be reached (getaddrinfo ENOTFOUND storage.googleapis.com)',
    ],
  ])('says of what an SDK throws what it means: %s', (error, code, message) => {
    expect(describeStoreError('s3://models', error)).toMatchObject({ code, message });
  });
});
