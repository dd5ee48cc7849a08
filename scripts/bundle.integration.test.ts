import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCollector } from '@iris/telemetry/test-collector';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../test/repository.ts';
import { REQUEST_BODY } from './bench/http/fixed-route.ts';
import { type ServerProcess, startServer } from './bench/http/server-process.ts';
import { bundle } from './bundle.ts';

const HEADERS = { 'content-type': 'application/json', 'x-api-key': 'a-secret' };
// Not inside the repository: nothing must be found in its `node_modules`.
const directory = mkdtempSync(join(tmpdir(), 'iris-bundle-'));
let environment: Readonly<Record<string, string>>;
let server: ServerProcess | undefined;

beforeAll(async () => {
  const file = join(directory, 'server.js');
  const source = join(ROOT, 'apps/api/src');
  const workers = ['features/explain/explain-worker.ts', 'features/models/change-worker.ts'].map((path) => join(source, path));
  const chunks = [join(ROOT, 'packages/telemetry/src/tracing-sdk.ts')];
  await bundle(join(source, 'main.ts'), file, { workers, chunks, assets: ['@fastify/swagger-ui/static'] });
  const registry = join(directory, 'registry');
  for (const version of ['v0001', 'v0002']) cpSync(join(inject('models'), 'iris-rf.json'), join(registry, version, 'model.json'));
  writeFileSync(join(registry, 'current_model.txt'), 'v0001\n');
  environment = { REGISTRY_DIR: registry, API_KEY: HEADERS['x-api-key'] };
  server = await startServer({ name: 'the bundled API', file, environment });
});

afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true });
});

describe('the API as one file, without node_modules', () => {
  it('predicts', async () => {
    const answer = await fetch(`${server!.url}/predict`, { method: 'POST', headers: HEADERS, body: REQUEST_BODY });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ prediction: 'setosa' })]);
  });

  it('explains, in a thread of its own', async () => {
    const answer = await fetch(`${server!.url}/explain`, { method: 'POST', headers: HEADERS, body: REQUEST_BODY });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ prediction: 'setosa', reference_samples: 100 }),
    ]);
  });

  it('changes the model in service, in a thread of its own', async () => {
    const body = JSON.stringify({ version: 'v0002', reason: 'a test', force: true });
    const answer = await fetch(`${server!.url}/models/current`, { method: 'PUT', headers: HEADERS, body });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ current: 'v0002', previous: 'v0001' })]);
  });

  it('serves its documentation with every asset', async () => {
    const page = await (await fetch(`${server!.url}/docs`)).text();
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) expect((await fetch(server!.url + asset)).status, asset).toBe(200);
    expect(await (await fetch(`${server!.url}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  });
});

describe('tracing', () => {
  it('is a file of its own, which traces where there is a collector', async () => {
    const collector = await startTestCollector();
    const traced = await startServer({
      name: 'the bundled API with a collector',
      file: join(directory, 'server.js'),
      environment: { ...environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '10' },
    });
    await fetch(`${traced.url}/version`);
    await expect.poll(() => collector.spans.map(({ name }) => name)).toContain('GET /version');
    await traced.stop();
    await collector.stop();
  });

  it('is not even looked for where there is none', async () => {
    const without = mkdtempSync(join(tmpdir(), 'iris-bundle-without-'));
    cpSync(directory, without, { recursive: true, filter: (path) => !path.includes('tracing-sdk') });
    const untraced = await startServer({
      name: 'the bundled API without tracing',
      file: join(without, 'server.js'),
      environment,
    });
    expect((await fetch(`${untraced.url}/version`)).status).toBe(200);
    await untraced.stop();
    rmSync(without, { recursive: true });
  });
});
