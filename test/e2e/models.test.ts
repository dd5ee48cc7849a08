import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiProcess, announcedPort, startApiProcess } from './support/api-process.ts';
import { startLoad } from './support/no-retry-client.ts';
import { startProgram } from './support/processes.ts';
import { type TrainedRegistry, trainRegistry } from './support/trained-registry.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const KEY = 'a-secret';
const KEYED = { 'x-api-key': KEY };
/** A mount that only the process sees, and that ends with it; who is not root is it in a namespace of users. */
const UNSHARE = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];
/** Containers and some systems forbid namespaces: there is no small disk to be had then. */
const canMount = spawnSync('unshare', [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

let trained: TrainedRegistry;
let apis: ApiProcess[] = [];
beforeAll(async () => {
  trained = await trainRegistry();
});
afterAll(() => trained.dispose());
afterEach(async () => {
  await Promise.all(apis.map((api) => api.terminate()));
  apis = [];
});

async function start(registry: string): Promise<ApiProcess> {
  const api = await startApiProcess({ REGISTRY_DIR: registry, API_KEY: KEY });
  apis.push(api);
  return api;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Asks for a change with the key. */
async function ask(url: string, method: 'PUT' | 'POST', path: string, body: object): Promise<Answer> {
  const headers = { ...KEYED, 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const promote = (url: string, body: object) => ask(url, 'PUT', '/models/current', { reason: 'a test', ...body });
const rollback = (url: string, body: object = {}) => ask(url, 'POST', '/models/rollback', { reason: 'a test', ...body });
const versionOf = async (api: ApiProcess) => (await api.read<{ version: string }>('/version')).version;
const models = async (api: ApiProcess) => (await (await api.get('/models', KEYED)).json()) as Record<string, unknown>;

/** Once it is so, asks how long that took: a limit of the condition itself would say less when it fails. */
async function expectWithinTenSeconds(read: () => Promise<unknown>, value: unknown): Promise<void> {
  const startedAt = performance.now();
  await expect.poll(read).toEqual(value);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
}

/** The history as the next reader finds it. */
async function historyOf(registry: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(registry, 'history.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('L6-5: the model in service, changed over HTTP', () => {
  it('is followed by every replica within ten seconds, without a failed request of clients that never retry', async () => {
    const registry = await trained.copy();
    const [first, second] = [await start(registry), await start(registry)];
    let turn = 0;
    const load = startLoad({
      port: () => [first, second][turn++ % 2]!.port,
      ...{ clients: 8, path: '/predict', body: () => SETOSA, headers: KEYED },
    });
    const both = async () => [await versionOf(first), await versionOf(second)];
    expect(await both()).toEqual(['0.2.0', '0.2.0']);

    expect(await rollback(first.url, { seen: 'v0002' })).toMatchObject({
      status: 200,
      body: { current: 'v0001', previous: 'v0002' },
    });
    await expectWithinTenSeconds(both, ['0.1.0', '0.1.0']);

    expect(await promote(second.url, { version: 'v0002' })).toMatchObject({ status: 200, body: { current: 'v0002' } });
    await expectWithinTenSeconds(both, ['0.2.0', '0.2.0']);

    expect(await promote(first.url, { version: 'v0003' })).toMatchObject({
      status: 409,
      body: { code: 'REGISTRY_VERSION_REFUSED' },
    });
    expect(await models(second)).toMatchObject({
      current: 'v0002',
      served: 'v0002',
      versions: [{ name: 'v0003', verdict: 'refused', not_met: expect.arrayContaining([expect.any(String)]) }, {}, {}],
    });
    expect((await promote(first.url, { version: 'v0003', force: true })).status).toBe(200);
    await expectWithinTenSeconds(both, ['0.3.0', '0.3.0']);

    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect((await historyOf(registry)).at(-1)).toMatchObject({
      version: 'v0003',
      forced: true,
      by: expect.stringMatching(/^api@.+, request /),
    });
    expect(first.lines.join('\n')).toContain('the model in service was changed over HTTP');
  });

  it('is changed once where two ask for it at the same moment, of different servers', async () => {
    const registry = await trained.copy();
    const servers = [await start(registry), await start(registry)];
    const before = (await historyOf(registry)).length;
    const answers = await Promise.all(servers.map(({ url }) => rollback(url, { seen: 'v0002' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'REGISTRY_CURRENT_CHANGED' });
    expect(await historyOf(registry)).toHaveLength(before + 1);
    await expect.poll(() => Promise.all(servers.map(versionOf))).toEqual(['0.1.0', '0.1.0']);
  });

  it('waits for a Job that was killed while it wrote, until its lock has ended', async () => {
    const registry = await trained.copy();
    const api = await start(registry);
    const held = { state: 'held', owner: 'churn-train-x', beat: '0000000003' };
    await writeFile(join(registry, 'lock', '0000009999'), `${JSON.stringify(held)}\n`);
    expect(await rollback(api.url)).toMatchObject({ status: 200, body: { current: 'v0001' } });
    await expect.poll(() => versionOf(api)).toBe('0.1.0');
  });
});

describe('a registry on a disk that takes nothing', () => {
  const FULL = 'dd if=/dev/zero of="$1/filler" bs=4096 2>/dev/null || true';
  const READ_ONLY = 'mount -o remount,ro "$1"';

  it.skipIf(!canMount).each([
    ['is full', FULL, true, 'The disk of the registry is full'],
    ['is mounted read-only', READ_ONLY, false, 'This server may not write to the registry'],
  ])('that %s keeps its model in service, and the answer says what to do', async (_case, spoil, isAllowed, detail) => {
    const registry = await trained.copy();
    const disk = `${registry}-disk`;
    await mkdir(disk);
    const script = `mount -t tmpfs -o size=2m tmpfs "$1" && cp -r "$2/." "$1" && ${spoil} && shift 2 && exec "$@"`;
    const api = [process.execPath, 'apps/api/src/main.ts'];
    const settings = { ...process.env, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', DRAIN_MS: '0' };
    const environment = { ...settings, MAX_EVENT_LOOP_DELAY_MS: '60000', REGISTRY_DIR: disk, API_KEY: KEY };
    const program = startProgram('unshare', [...UNSHARE, 'sh', '-c', script, 'sh', disk, registry, ...api], environment);
    const url = `http://127.0.0.1:${await announcedPort(program)}`;
    for (const answer of [await rollback(url), await promote(url, { version: 'v0001' })]) {
      expect(answer).toMatchObject({
        status: 503,
        body: { code: 'REGISTRY_UNWRITABLE', detail: expect.stringContaining(detail) },
      });
      expect(JSON.stringify(answer.body)).not.toContain(disk);
    }
    const answer = await fetch(`${url}/models`, { headers: KEYED });
    expect(await answer.json()).toMatchObject({ current: 'v0002', served: 'v0002', change: { allowed: isAllowed }, total: 3 });
    const predicted = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { ...KEYED, 'content-type': 'application/json' },
      body: JSON.stringify(SETOSA),
    });
    expect(await predicted.json()).toMatchObject({ prediction: 'setosa', version: '0.2.0' });
    program.child.kill('SIGTERM');
    await program.ended;
  });
});
