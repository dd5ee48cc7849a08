/** Many who ask for statistics over a million rows, while others read the log and judge predictions. */
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';

const ROWS = 1_000_000;
const CLIENTS = 24;
/** Of each client. */
const REQUESTS = 40;
const TEST_MS = 300_000;
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

let postgres: TemporaryPostgres;
let api: ApiProcess;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'iris-rf.json'), DATABASE_URL: postgres.url });
  await api.send('/predict', { ...SETOSA, request_id: 'judged-0' });
  // The table is there once the first row is.
  await api.send('/feedback', { request_id: 'judged-0', label: 'setosa' });
}, TEST_MS);
afterAll(async () => {
  await api.terminate();
  await postgres.stop();
});

/** A day of predictions of two versions, as the API would have written them. */
async function fill(): Promise<void> {
  await runSql(
    postgres.url,
    `INSERT INTO predictions (record_id, request_id, created_at, species, model, version, features, probabilities, instance, feedback)
     SELECT gen_random_uuid(), 'filled-' || n, now() - n * interval '86 ms', (ARRAY['setosa', 'versicolor', 'virginica'])[1 + n % 3], 'rf',
            '0.' || n % 2 || '.0', '{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}', '{"setosa":1}', 'pod',
            CASE WHEN n % 10 = 0 THEN 'setosa' END
     FROM generate_series(1, ${ROWS}) AS n`,
  );
}

/** Asks again and again; gives the statuses that were not 200, and the times in ms, sorted. */
async function ask(clients: number, requests: number, send: (n: number) => Promise<Response>) {
  const times: number[] = [];
  const refused: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let n = 0; n < requests; n++) {
        const begin = performance.now();
        const response = await send(next++);
        await response.arrayBuffer();
        times.push(performance.now() - begin);
        if (response.status !== 200) refused.push(response.status);
      }
    }),
  );
  times.sort((a, b) => a - b);
  return { refused, p50: Math.round(times[times.length >> 1]!), p99: Math.round(times[Math.floor(0.99 * times.length)]!) };
}

describe(`${CLIENTS} clients that ask for statistics over ${ROWS.toLocaleString('en')} rows`, () => {
  it('are all answered, with the counts of the rows, and nobody else is refused for it', { timeout: TEST_MS }, async () => {
    await fill();
    for (let n = 1; n <= REQUESTS; n++) await api.send('/predict', { ...SETOSA, request_id: `judged-${n}` });
    const [stats, pages, feedback] = await Promise.all([
      ask(CLIENTS, REQUESTS, () => api.get('/predictions/stats')),
      ask(2, REQUESTS, () => api.get('/predictions?limit=50')),
      ask(1, REQUESTS, (n) => api.post('/feedback', { request_id: `judged-${n + 1}`, label: 'setosa' })),
    ]);
    console.log({ stats, pages, feedback });
    expect([stats.refused, pages.refused, feedback.refused]).toEqual([[], [], []]);

    // All of them lie in the last day, but for the first rows that it has left meanwhile.
    const to = new Date(Date.now() + 60_000).toISOString();
    const { predictions, by_version } = await api.read<{ predictions: number; by_version: { judged: number }[] }>(
      `/predictions/stats?from=2020-01-01&to=${to}`,
    );
    expect(predictions).toBe(ROWS + 1 + REQUESTS);
    expect(by_version.reduce((sum, { judged }) => sum + judged, 0)).toBe(ROWS / 10 + 1 + REQUESTS);
  });
});
