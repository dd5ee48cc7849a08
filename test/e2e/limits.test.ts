import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { peakMemoryMib } from './support/memory.ts';
import { startLoad } from './support/no-retry-client.ts';
import { startNode } from './support/processes.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** The source's limit for the pod. */
const LIMIT_MIB = 128;
const CONNECTIONS = 50;
const REQUESTS = 20_000;

let directory: string;
let postgres: TemporaryPostgres;
let api: ApiProcess;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iris-bundle-'));
  const server = join(directory, 'server.mjs');
  const bundle = ['scripts/bundle.ts', 'apps/api/src/main.ts', '--outfile', server, '--assets', '@fastify/swagger-ui/static'];
  const [started, code] = await Promise.all([startTemporaryPostgres(), startNode(bundle, {}).ended]);
  postgres = started;
  expect(code).toBe(0);
  const environment = {
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    DATABASE_URL: postgres.url,
    SPOOL_DIR: join(directory, 'spool'),
    // The pod's own: without them V8 sizes its heap for the whole machine.
    NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=1',
  };
  api = await startApiProcess(environment, server);
});
afterAll(async () => {
  await api.terminate();
  await postgres.stop();
  await rm(directory, { recursive: true });
});

describe('A-5: the bundled server inside the limits of its pod', () => {
  it(`answers ${REQUESTS} requests on ${CONNECTIONS} connections, each logged in PostgreSQL, without a failure`, async () => {
    const load = startLoad({ port: () => api.port, clients: CONNECTIONS, path: '/predict', body: () => SETOSA });
    await expect.poll(() => load.result.answered, { timeout: 55_000 }).toBeGreaterThan(REQUESTS);
    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    const written = async () => Number(/prediction_log_written_total (\d+)/.exec(await (await api.get('/metrics')).text())?.[1]);
    await expect.poll(written).toBe(answered);
    expect((await api.get('/health')).status).toBe(200);
  });

  it('A-4: serves its documentation page with all assets', async () => {
    const page = await (await api.get('/docs/')).text();
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path!, `${api.url}/docs/`).pathname);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) expect((await api.get(asset)).status, asset).toBe(200);
  });

  it.runIf(process.platform === 'linux')(`needs less than ${LIMIT_MIB} MiB for it`, async () => {
    expect(await peakMemoryMib(api.pid)).toBeLessThan(LIMIT_MIB);
  });
});
