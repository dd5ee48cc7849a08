import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadIris } from '@iris/dataset/iris';
import { irisDocument } from '@iris/model-file/test-documents';
import { hashRows, Registry, type Verdict } from '@iris/registry';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestAppOptions } from '../../test-app.ts';

const KEY = 'a-secret';
const KEYED = { 'x-api-key': KEY };

let directory: string;
let registry: Registry;
let services: TestApp[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-models-'));
  registry = new Registry({ directory, by: 'ada', now: () => new Date('2026-11-30T12:00:00Z') });
});
afterEach(async () => {
  await Promise.all(services.map(({ app }) => app.close()));
  services = [];
  await chmod(directory, 0o700);
  await rm(directory, { recursive: true, force: true });
});

function verdict(outcome: Verdict['verdict']): Verdict {
  const candidate = {
    ...{ model: 'rf', version: '0.1.0', dataset: 'iris', accuracy: 0.95, logLoss: 0.1, calibrationError: 0.03 },
    ...{ latencyMs: 0.002, bytes: 20_000, recall: { setosa: 1, versicolor: 0.94, virginica: 0.92 } },
  };
  return {
    formatVersion: 1,
    verdict: outcome,
    judgedAt: '2026-11-30T11:00:00.000Z',
    judgedBy: 'a test',
    evaluation: { method: 'holdout', folds: 1, seed: 42 },
    candidate,
    current: null,
    comparison: null,
    checks: [{ name: 'least accuracy', passed: outcome === 'passed', detail: 'accuracy 0.95, at least 0.96 is asked for' }],
  };
}

/** Adds versions with these verdicts. */
async function add(...outcomes: Verdict['verdict'][]): Promise<void> {
  for (const outcome of outcomes) {
    const candidate = { document: irisDocument(), rowHashes: hashRows(loadIris()), verdict: verdict(outcome) };
    await registry.update((writer) => writer.add(candidate));
  }
}

const promoteByHand = (name: string) => registry.update((writer) => writer.promote(name, { reason: 'by hand' }));
const pointer = () => readFile(join(directory, 'current_model.txt'), 'utf8');

async function start(options: TestAppOptions = {}) {
  const environment = { REGISTRY_DIR: directory, API_KEY: KEY, ...options.environment };
  const service = await createTestApp({ ...options, environment });
  services.push(service);
  const { app } = service;
  return {
    get: async (path: string, headers: object = KEYED) => app.inject({ url: path, headers: { ...headers } }),
    promote: (payload: object, headers: object = KEYED) =>
      app.inject({ method: 'PUT', url: '/models/current', payload, headers: { ...headers } }),
    rollback: (payload: object, headers: object = KEYED) =>
      app.inject({ method: 'POST', url: '/models/rollback', payload, headers: { ...headers } }),
  };
}

describe('GET /models', () => {
  it('has the versions, newest first, which one is in service, and who changed that', async () => {
    await add('passed', 'refused');
    await promoteByHand('v0001');
    const { get } = await start();
    expect((await get('/models')).json()).toEqual({
      source: 'registry',
      place: null,
      current: 'v0001',
      served: 'model.json',
      problem: null,
      change: { allowed: true, code: null, detail: null },
      total: 2,
      versions: [
        expect.objectContaining({ name: 'v0002', is_current: false, verdict: 'refused', not_met: ['least accuracy'] }),
        {
          name: 'v0001',
          is_current: true,
          verdict: 'passed',
          judged_at: '2026-11-30T11:00:00.000Z',
          model: 'rf',
          version: '0.1.0',
          accuracy: 0.95,
          log_loss: 0.1,
          calibration_error: 0.03,
          not_met: [],
        },
      ],
      next_before: null,
      history: [
        {
          at: '2026-11-30T12:00:00.000Z',
          by: 'ada',
          action: 'promote',
          version: 'v0001',
          previous: null,
          reason: 'by hand',
          forced: false,
        },
      ],
    });
  });

  it('goes through the versions page by page', async () => {
    await add('passed', 'passed', 'passed');
    const { get } = await start();
    const names = async (query: string) => {
      const { versions, next_before } = (await get(`/models?${query}`)).json();
      return [versions.map(({ name }: { name: string }) => name), next_before];
    };
    expect(await names('limit=2')).toEqual([['v0003', 'v0002'], 'v0002']);
    expect(await names('limit=2&before=v0002')).toEqual([['v0001'], null]);
    expect(await names('limit=3')).toEqual([['v0003', 'v0002', 'v0001'], null]);
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'before=../v0001', 'before=v00010', 'all=1']) {
      expect((await get(`/models?${query}`)).json()).toMatchObject({ code: 'VALIDATION_FAILED' });
    }
  });

  it('says where the model comes from where there is no registry', async () => {
    const file = await start({ environment: { REGISTRY_DIR: '' } });
    const change = { allowed: false, code: 'REGISTRY_NOT_CONFIGURED' };
    expect((await file.get('/models')).json()).toMatchObject({ source: 'file', place: 'model.json', change, versions: [] });
    const uri = { MODEL_URI: 'models:/iris@champion', MLFLOW_TRACKING_URI: 'http://127.0.0.1:1' };
    const mlflow = await start({ environment: uri });
    expect((await mlflow.get('/models')).json()).toMatchObject({ source: 'mlflow', place: 'models:/iris@champion', change });
    expect((await mlflow.get('/models/v0001')).json()).toMatchObject({ status: 404, code: 'REGISTRY_NOT_CONFIGURED' });
    expect((await mlflow.promote({ version: 'v0001', reason: 'why' })).json()).toMatchObject({ code: 'REGISTRY_NOT_CONFIGURED' });
    const keyless = await start({ environment: { REGISTRY_DIR: '', API_KEY: '' } });
    expect((await keyless.rollback({ reason: 'why' })).json()).toMatchObject({ status: 404, code: 'REGISTRY_NOT_CONFIGURED' });
  });

  it('answers while no model is loaded, too: it is where the first one is promoted', async () => {
    await add('passed');
    const { get, promote } = await start({ loaded: false });
    expect((await get('/models')).json()).toMatchObject({ current: null, served: null, total: 1 });
    expect((await promote({ version: 'v0001', reason: 'the first' })).json()).toMatchObject({ current: 'v0001', previous: null });
    expect((await get('/models', {})).statusCode).toBe(401);
  });

  it('shows what can be shown of a registry that is damaged', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    await writeFile(join(directory, 'v0002', 'verdict.json'), '{"verdict":"passed","candidate":{"logLoss":1}}');
    await appendFile(join(directory, 'history.jsonl'), '{"at":"now","version":"v0002"}\n{"at"');
    await writeFile(join(directory, 'current_model.txt'), '../../etc/passwd\n');
    const { get } = await start();
    const answer = (await get('/models')).json();
    expect(answer).toMatchObject({
      current: null,
      versions: [{ name: 'v0002', verdict: null, accuracy: null }, { name: 'v0001' }],
    });
    expect(answer.history).toHaveLength(1);
    expect((await get('/models/v0002')).json()).toMatchObject({ verdict: null });
    expect((await get('/models/current')).json()).toMatchObject({ status: 503, code: 'CURRENT_MODEL_OUTSIDE' });
  });

  it('is 503 where the registry is not mounted, and names no path of this machine', async () => {
    const { get, promote } = await start({ environment: { REGISTRY_DIR: join(directory, 'nowhere') } });
    for (const answer of [await get('/models'), await get('/models/v0001'), await promote({ version: 'v0001', reason: 'why' })]) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'REGISTRY_NOT_MOUNTED' });
      expect(answer.body).not.toContain(directory);
    }
  });
});

describe('GET /models/{version}', () => {
  it('has the whole verdict and what became of the version; current is the one in service', async () => {
    await add('passed', 'refused');
    await promoteByHand('v0001');
    const { get } = await start();
    expect((await get('/models/v0002')).json()).toEqual({
      name: 'v0002',
      is_current: false,
      verdict: verdict('refused'),
      history: [],
    });
    expect((await get('/models/current')).json()).toMatchObject({ name: 'v0001', is_current: true, history: [{ by: 'ada' }] });
  });

  it.each(['v0009', 'v1', '..%2Fv0001', 'v0001%2F..%2F..%2Fetc', '%2Fetc%2Fpasswd', 'history.jsonl', 'lock', '%00'])(
    'knows no %s',
    async (name) => {
      await add('passed');
      const { get } = await start();
      expect((await get(`/models/${name}`)).statusCode).toBe(404);
    },
  );
});

describe('who may change the model', () => {
  it('is nobody without the key, whatever the body, and nobody at all where the server has none', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    const { promote, rollback } = await start({ environment: { MONITORING_TOKEN: 'scraper' } });
    for (const headers of [
      {},
      { 'x-api-key': 'wrong' },
      { authorization: 'Bearer scraper' },
      { authorization: `Bearer ${KEY}` },
    ]) {
      expect((await promote({ version: 'v0002', reason: 'why' }, headers)).json()).toMatchObject({ code: 'UNAUTHORIZED' });
      expect((await rollback({}, headers)).json()).toMatchObject({ code: 'UNAUTHORIZED' });
    }
    const open = await start({ environment: { API_KEY: '' } });
    expect((await open.promote({ version: 'v0002', reason: 'why' })).json()).toMatchObject({
      status: 403,
      code: 'API_KEY_NEEDED',
    });
    expect((await open.rollback({ nonsense: 1 })).json()).toMatchObject({ status: 403, code: 'API_KEY_NEEDED' });
    expect((await open.get('/models', {})).json().change).toMatchObject({ allowed: false, code: 'API_KEY_NEEDED' });
    expect(await pointer()).toBe('v0001\n');
  });
});

describe('PUT /models/current', () => {
  it('puts a version into service, and the history says who and why', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    const { promote, get } = await start();
    const answer = (await promote({ version: 'v0002', reason: 'Née le 3 : mieux 🌱', seen: 'v0001' })).json();
    expect(answer).toEqual({
      current: 'v0002',
      previous: 'v0001',
      changed: true,
      by: expect.stringMatching(/^api@test-host, request [-0-9a-f]{36}$/),
    });
    expect(await pointer()).toBe('v0002\n');
    const [newest] = (await get('/models')).json().history;
    expect(newest).toMatchObject({ by: answer.by, version: 'v0002', previous: 'v0001', reason: 'Née le 3 : mieux 🌱' });
    expect((await promote({ version: 'v0002', reason: 'again' })).json()).toMatchObject({ changed: false });
  });

  it('takes force for what the gate refused, and says so', async () => {
    await add('passed', 'refused');
    await promoteByHand('v0001');
    const { promote, get } = await start();
    expect((await promote({ version: 'v0002', reason: 'why' })).json()).toMatchObject({
      status: 409,
      code: 'REGISTRY_VERSION_REFUSED',
    });
    expect((await promote({ version: 'v0002', reason: 'why', force: false })).statusCode).toBe(409);
    expect(await pointer()).toBe('v0001\n');
    expect((await promote({ version: 'v0002', reason: 'needed today', force: true })).statusCode).toBe(200);
    expect((await get('/models')).json().history[0]).toMatchObject({ version: 'v0002', forced: true });
  });

  it('refuses what somebody decided on before another model came into service', async () => {
    await add('passed', 'passed', 'passed');
    await promoteByHand('v0001');
    const { promote, rollback } = await start();
    const both = await Promise.all(['v0002', 'v0003'].map((version) => promote({ version, reason: 'why', seen: 'v0001' })));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect((await rollback({ reason: 'why', seen: 'v0001' })).json()).toMatchObject({ code: 'REGISTRY_CURRENT_CHANGED' });
    expect((await registry.history()).entries).toHaveLength(2);
  });

  it.each([
    ['a path', { version: '../v0001' }],
    ['a file beside the versions', { version: 'history.jsonl' }],
    ['an absolute path', { version: '/etc/passwd' }],
    ['a number with a nought too many', { version: 'v00010' }],
    ['a version with a line behind it', { version: 'v0001\nv0002' }],
    ['no reason', { reason: undefined }],
    ['a reason of blanks', { reason: '   ' }],
    ['a reason of two lines', { reason: 'good\n{"at":"2026","by":"root"}' }],
    ['a reason with a command for a terminal', { reason: 'good\u001b[2J' }],
    ['a reason that turns the direction of writing', { reason: 'good \u202egnihton' }],
    ['a reason with a line separator', { reason: 'good\u2028bad' }],
    ['a reason without end', { reason: 'x'.repeat(501) }],
    ['force as a word', { force: 'yes' }],
    ['a member that there is not', { by: 'root' }],
  ])('refuses %s, and nothing is changed', async (_case, change) => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    const { promote } = await start();
    expect((await promote({ version: 'v0002', reason: 'why', ...change })).json()).toMatchObject({
      status: 422,
      code: 'VALIDATION_FAILED',
    });
    expect(await pointer()).toBe('v0001\n');
    expect((await registry.history()).entries).toHaveLength(1);
  });

  it('refuses a version that is not there, and one that was damaged; the current one stays', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    const { promote } = await start();
    expect((await promote({ version: 'v0009', reason: 'why' })).json()).toMatchObject({
      status: 404,
      code: 'REGISTRY_VERSION_UNKNOWN',
    });
    await appendFile(join(directory, 'v0002', 'model.json'), ' ');
    const damaged = await promote({ version: 'v0002', reason: 'why' });
    expect(damaged.json()).toMatchObject({ status: 409, code: 'REGISTRY_VERSION_DAMAGED' });
    expect(damaged.body).not.toContain(directory);
    expect(await pointer()).toBe('v0001\n');
  });

  it.skipIf(process.getuid?.() === 0)('is 503 where the volume is read-only for it, and the page is told before', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    await chmod(directory, 0o500);
    const { promote, get } = await start();
    expect((await get('/models')).json().change).toMatchObject({ allowed: false, code: 'REGISTRY_UNWRITABLE' });
    const answer = await promote({ version: 'v0002', reason: 'why' });
    expect(answer.json()).toMatchObject({ status: 503, code: 'REGISTRY_UNWRITABLE' });
    expect(answer.body).not.toContain(directory);
    expect(await pointer()).toBe('v0001\n');
  });
});

describe('POST /models/rollback', () => {
  it('goes back to the model of before, and says where there is none', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    await promoteByHand('v0002');
    const { rollback } = await start();
    expect((await rollback({ reason: 'complaints since noon', seen: 'v0002' })).json()).toMatchObject({
      current: 'v0001',
      previous: 'v0002',
      changed: true,
    });
    expect(await pointer()).toBe('v0001\n');
    expect((await rollback({ reason: 'further' })).json()).toMatchObject({ status: 409, code: 'REGISTRY_NO_EARLIER' });
    expect((await rollback({ reason: '' })).statusCode).toBe(422);
  });

  it('is logged like each change, and so is the word that its model is to stay; what changes nothing is not', async () => {
    await add('passed', 'passed');
    await promoteByHand('v0001');
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line).msg) });
    const { promote, rollback } = await start({ logger });
    const changes = () => lines.filter((line) => line.endsWith('over HTTP'));
    expect((await promote({ version: 'v0001', reason: 'again' })).json()).toMatchObject({ changed: false });
    expect(changes()).toEqual([]);
    await promote({ version: 'v0002', reason: 'better' });
    await rollback({ reason: 'worse' });
    for (const reason of ['it stays', 'again']) await promote({ version: 'v0001', reason });
    const changed = 'the model in service was changed over HTTP';
    expect(changes()).toEqual([changed, changed, 'the model that a rollback brought back was confirmed over HTTP']);
  });
});
