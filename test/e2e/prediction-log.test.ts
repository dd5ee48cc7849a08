import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startLoad } from './support/no-retry-client.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** What a SIGKILL can take with it: 50 ms until rows are sent (`flushMs` of the writer), and the statement that is under way. */
const LOSS_MS = 200;

let postgres: TemporaryPostgres;
let api: ApiProcess;
let scratch: string;
let requests = 0;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  scratch = await mkdtemp(join(tmpdir(), 'iris-log-'));
});
afterEach(() => api.terminate());
afterAll(async () => {
  await postgres.stop();
  await rm(scratch, { recursive: true });
});

async function start(change: Readonly<Record<string, string>> = {}): Promise<ApiProcess> {
  const MODEL_FILE = join(inject('models'), 'iris-rf.json');
  api = await startApiProcess({ MODEL_FILE, DATABASE_URL: postgres.url, SPOOL_DIR: join(scratch, 'spool'), ...change });
  return api;
}

const load = (prefix: string) =>
  startLoad({
    port: () => api.port,
    clients: 10,
    path: '/predict',
    body: () => ({ ...SETOSA, request_id: `${prefix}-${++requests}` }),
  });

/** Rows kept, and how many different requests they are of. */
async function countRows(prefix: string): Promise<{ rows: number; requests: number }> {
  const [counted] = await runSql<{ rows: number; requests: number }>(
    postgres.url,
    'SELECT count(*)::int AS rows, count(DISTINCT request_id)::int AS requests FROM predictions WHERE request_id LIKE $1',
    [`${prefix}-%`],
  );
  return counted!;
}

describe('F3-3, L6-6: every prediction is a row in PostgreSQL', () => {
  it('with id, species and created_at first, and all that was answered', async () => {
    await start();
    const answer = await api.send<{ probabilities: object }>('/predict', { ...SETOSA, request_id: 'first-1' });
    await api.terminate();
    const [row] = await runSql(postgres.url, 'SELECT * FROM predictions WHERE request_id = $1', ['first-1']);
    expect(Object.keys(row!).slice(0, 3)).toEqual(['id', 'species', 'created_at']);
    expect(row).toMatchObject({
      species: 'setosa',
      version: '0.1.0',
      model: 'rf',
      features: SETOSA,
      probabilities: answer.probabilities,
    });
  });

  it('the API starts and answers before the database is there, and keeps the rows for it', async () => {
    await postgres.kill();
    await start();
    expect((await api.get('/ready')).status).toBe(200);
    for (let index = 0; index < 20; index++)
      expect((await api.post('/predict', { ...SETOSA, request_id: `early-${index}` })).status).toBe(200);
    expect((await api.get('/predictions')).status).toBe(503);
    await postgres.restart();
    await expect.poll(() => countRows('early')).toEqual({ rows: 20, requests: 20 });
  });

  it('a database that is killed and restarted under load loses no row and doubles none', async () => {
    await start();
    const running = load('crash');
    for (let crash = 0; crash < 2; crash++) {
      const before = running.result.answered;
      await expect.poll(() => running.result.answered).toBeGreaterThan(before + 500);
      await postgres.kill();
      const during = running.result.answered;
      await expect.poll(() => running.result.answered).toBeGreaterThan(during + 500);
      await postgres.restart();
    }
    const { answered, failures } = await running.stop();
    expect(failures).toEqual([]);
    expect(await api.terminate()).toBe(0);
    expect(await countRows('crash')).toEqual({ rows: answered, requests: answered });
  });

  it('SIGTERM under load loses no row', async () => {
    await start({ DRAIN_MS: '200' });
    const running = load('term');
    await expect.poll(() => running.result.answered).toBeGreaterThan(500);
    const ended = api.terminate();
    expect(await ended).toBe(0);
    const { answered } = await running.stop();
    expect(await countRows('term')).toMatchObject({ rows: answered });
  });

  it('SIGTERM with the database away leaves the rest in the spool, and the next process writes it', async () => {
    // Long enough to try the database again, and no longer than the test needs.
    await start({ SHUTDOWN_MS: '1000' });
    const running = load('away');
    await expect.poll(() => running.result.answered).toBeGreaterThan(300);
    await postgres.kill();
    const during = running.result.answered;
    await expect.poll(() => running.result.answered).toBeGreaterThan(during + 300);
    const { answered } = await running.stop();
    expect(await api.terminate()).toBe(0);
    await postgres.restart();
    await start();
    await expect.poll(() => countRows('away')).toEqual({ rows: answered, requests: answered });
  });

  it('a logged stream of 100,000 rows loses none: it is slowed down to the speed of the log', async () => {
    await start();
    const rows = Array.from({ length: 100_000 }, (_, index) => `{"features":[5.1,3.5,1.4,0.2],"request_id":"stream-${index}"}\n`);
    const headers = { 'content-type': 'application/x-ndjson' };
    const response = await fetch(`${api.url}/predict/batch`, { method: 'POST', headers, body: rows.join('') });
    expect((await response.text()).trimEnd().split('\n')).toHaveLength(100_000);
    await expect.poll(() => countRows('stream')).toEqual({ rows: 100_000, requests: 100_000 });
    expect(await (await api.get('/metrics')).text()).toContain('prediction_log_dropped_total 0');
  });

  it(`SIGKILL loses at most what was answered in the last ${LOSS_MS} ms: flush interval and statement under way`, async () => {
    await start();
    const times = new Map<string, number>();
    const agent = startLoad({
      port: () => api.port,
      clients: 10,
      path: '/predict',
      body: () => {
        const request_id = `kill-${++requests}`;
        times.set(request_id, performance.now());
        return { ...SETOSA, request_id };
      },
    });
    await expect.poll(() => agent.result.answered).toBeGreaterThan(100);
    const begunAt = performance.now();
    // However fast this machine is, many must be older than what may be lost.
    await expect.poll(() => performance.now() - begunAt > 5 * LOSS_MS && agent.result.answered > 1000).toBe(true);
    const killedAt = performance.now();
    api.child.kill('SIGKILL');
    await api.ended;
    await agent.stop();
    const kept = new Set(
      (
        await runSql<{ request_id: string }>(postgres.url, "SELECT request_id FROM predictions WHERE request_id LIKE 'kill-%'")
      ).map((row) => row.request_id),
    );
    const older = [...times].filter(([, sentAt]) => sentAt < killedAt - LOSS_MS).map(([id]) => id);
    expect(older.length).toBeGreaterThan(100);
    expect(older.filter((id) => !kept.has(id))).toEqual([]);
  });
});

describe('L6-6: predictions in files', () => {
  it('are kept, listed and judged without a database', async () => {
    await start({ DATABASE_URL: '', PREDICTION_LOG: `file:${join(scratch, 'files')}` });
    await api.post('/predict', { ...SETOSA, request_id: 'in-file' });
    expect((await api.post('/feedback', { request_id: 'in-file', label: 'setosa' })).status).toBe(200);
    const { predictions } = await api.read<{ predictions: object[] }>('/predictions');
    expect(predictions).toEqual([expect.objectContaining({ request_id: 'in-file', prediction: 'setosa', feedback: 'setosa' })]);
  });
});
