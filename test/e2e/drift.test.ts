/** L6-7: whether live data still look like the training data, told by a command beside the API, from the log that the API writes. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesOf } from '@iris/dataset';
import { type ChurnOptions, generateChurn } from '@iris/dataset/churn';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freeze } from '../../packages/prediction-log/src/test-faults.ts';
import { bundle } from '../../scripts/bundle.ts';
import { ROOT } from '../repository.ts';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startNode } from './support/processes.ts';

const NONE = 0;
const DRIFT = 1;
const TOO_FEW = 2;
/** So many rows as objects are far more than `SMALL_HEAP_MB`. */
const MANY_ROWS = 300_000;
const SMALL_HEAP_MB = 24;
const TEST_MS = 120_000;
/** A bound of 5 s, on a machine that others use too. */
const MOST_MS = 20_000;

interface Report {
  readonly verdict: string;
  readonly rows: number;
  readonly number_of_drifted_columns: number;
  readonly drift_by_columns: Readonly<Record<string, { readonly drift_detected: boolean; readonly n_current: number }>>;
  readonly accuracy: { readonly estimated: number; readonly judged: number; readonly correct: number };
}

let directory: string;
let program: string;
let postgres: TemporaryPostgres;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  directory = await mkdtemp(join(tmpdir(), 'iris-drift-'));
  program = join(directory, 'drift.js');
  await bundle(join(ROOT, 'apps/api/src/drift/main.ts'), program);
});
afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true });
});

/** Runs the command as `kubectl exec` would: the bundle, in the API's environment. */
async function drift(environment: Readonly<Record<string, string>>, args: readonly string[] = [], flags: readonly string[] = []) {
  const running = startNode([...flags, program, ...args], environment);
  const code = await running.ended;
  return { code, text: running.lines.join('\n') };
}

async function driftJson(environment: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const { code, text } = await drift(environment, [...args, '--json']);
  return { code, report: JSON.parse(text) as Report };
}

/** Customers as those of the training, or `change`d. */
async function sendCustomers(api: ApiProcess, options: ChurnOptions, change: (tenure: number) => number = (tenure) => tenure) {
  const instances = samplesOf(generateChurn(options)).map(([tenure, ...others]) => ({
    features: [change(Number(tenure)), ...others],
  }));
  const { predictions } = await api.send<{ predictions: { request_id: string; prediction: string }[] }>('/predict/batch', {
    instances,
  });
  return predictions;
}

describe.each([
  ['PostgreSQL', () => ({ DATABASE_URL: postgres.url })],
  ['files on a volume', () => ({ PREDICTION_LOG: `file:${join(directory, 'log')}` })],
])('node drift.js beside an API that logs to %s', (_name, log) => {
  let api: ApiProcess;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    environment = { MODEL_FILE: join(inject('models'), 'churn-logreg.json'), ...log() };
    api = await startApiProcess(environment);
  });
  afterAll(() => api.terminate());

  it('says too few, then none, and then which column drifts, by exit code, table and JSON', async () => {
    const [first] = await sendCustomers(api, { seed: 1, sampleCount: 20 });
    await api.send('/feedback', { request_id: first!.request_id, label: first!.prediction });
    const few = await drift(environment);
    expect(few.text).toContain('Too few: 50 values are needed on either side, there are 20 predictions.');
    expect(few.code).toBe(TOO_FEW);

    await sendCustomers(api, { seed: 2, sampleCount: 480 });
    await expect.poll(async () => (await driftJson(environment)).report.rows).toBe(500);
    const none = await driftJson(environment);
    expect(none).toMatchObject({
      code: NONE,
      report: { verdict: 'none', number_of_drifted_columns: 0, accuracy: { judged: 1, correct: 1 } },
    });
    expect(none.report.accuracy.estimated).toBeGreaterThan(0.6);
    expect(none.report.accuracy.estimated).toBeLessThan(0.95);

    const end = new Date().toISOString();
    await sendCustomers(api, { seed: 3, sampleCount: 500 }, (tenure) => Math.ceil(tenure / 2));
    await expect.poll(async () => (await driftJson(environment)).report.rows).toBe(1000);
    const found = await driftJson(environment, ['--from', end]);
    expect(found).toMatchObject({ code: DRIFT, report: { verdict: 'drift', rows: 500 } });
    const drifted = Object.entries(found.report.drift_by_columns).filter(([, column]) => column.drift_detected);
    expect(drifted.map(([name]) => name)).toContain('tenure_months');
    expect(drifted.map(([name]) => name)).not.toContain('region');
    // The API says the same of the same rows.
    const asked = await api.read<Report>('/drift?last=1h');
    const { report } = await driftJson(environment, ['--last', '1h']);
    expect(asked.rows).toBe(1000);
    expect(asked.drift_by_columns).toEqual(report.drift_by_columns);
    expect(asked.accuracy.estimated).toBeCloseTo(report.accuracy.estimated, 9);
    expect((await drift(environment, ['--from', end])).text).toMatch(/^Drift: tenure_months/m);
    expect((await driftJson(environment, ['--to', end])).code).toBe(NONE);
    expect((await driftJson(environment, ['--version', '9.9.9'])).report.rows).toBe(0);
  });
});

describe('GET /drift of a database that stands still', () => {
  it('is 503 within some seconds while predictions are answered, and 200 once it goes on', async () => {
    const still = await startTemporaryPostgres();
    const api = await startApiProcess({ MODEL_FILE: join(inject('models'), 'churn-logreg.json'), DATABASE_URL: still.url });
    try {
      await sendCustomers(api, { seed: 4, sampleCount: 100 });
      await expect.poll(async () => (await api.read<{ predictions: number }>('/predictions/stats')).predictions).toBe(100);
      const goOn = await freeze(still.pid()!);
      const asked = performance.now();
      const refused = await api.get('/drift?last=7d');
      expect(performance.now() - asked).toBeLessThan(MOST_MS);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await refused.json()).toMatchObject({ code: 'DRIFT_TIMEOUT' });
      expect(await sendCustomers(api, { seed: 5, sampleCount: 1 })).toHaveLength(1);
      goOn();
      await expect.poll(async () => (await api.get('/drift?last=7d')).status).toBe(200);
    } finally {
      await api.terminate();
      await still.stop();
    }
  });
});

describe('node drift.js', () => {
  it(`reads ${MANY_ROWS} rows in a heap of ${SMALL_HEAP_MB} MiB`, { timeout: TEST_MS }, async () => {
    const environment = { MODEL_FILE: join(inject('models'), 'iris-rf.json'), DATABASE_URL: postgres.url };
    expect((await drift(environment)).code).toBe(TOO_FEW);
    await runSql(
      postgres.url,
      `INSERT INTO predictions (created_at, species, model, version, features, probabilities)
       SELECT now() - n * interval '10 ms', 'setosa', 'rf', '0.1.0',
              jsonb_build_object('sepal_length', 5 + sin(n), 'sepal_width', 3, 'petal_length', 1.4, 'petal_width', 0.2), '{"setosa":1}'
       FROM generate_series(1, ${MANY_ROWS}) AS n`,
    );
    const { code, text } = await drift(environment, [], [`--max-old-space-size=${SMALL_HEAP_MB}`]);
    expect(text).toContain(`${MANY_ROWS} predictions from`);
    expect(code).toBe(DRIFT);
  });

  it.each([
    [['--help'], {}, NONE, /Exit code 0: no drift; 1: drift; 2: too few/],
    [['--lats', '1h'], {}, 64, /--lats/],
    [[], {}, 78, /MODEL_FILE: set it.*\n?DATABASE_URL: set it/s],
    [[], { MODEL_FILE: '/nowhere.json', PREDICTION_LOG: 'file:/tmp/none' }, 69, /nowhere\.json/],
    [[], { REGISTRY_DIR: '/nowhere', PREDICTION_LOG: 'file:/tmp/none' }, 69, /The registry is not mounted/],
  ])('%j with %j ends with %i and says why', async (args, environment, code, said) => {
    const ended = await drift(environment, args);
    expect(ended.text).toMatch(said);
    expect(ended.code).toBe(code);
  });

  it('says that the database is away, and what to look at', async () => {
    const environment = {
      MODEL_FILE: join(inject('models'), 'iris-rf.json'),
      DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris',
    };
    const ended = await drift(environment);
    expect(ended.text).toContain('is the server running');
    expect(ended.code).toBe(69);
  });
});
