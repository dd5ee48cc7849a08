/**
 * The dashboard's queries and the alerts' expressions, asked of a real Prometheus that scrapes real replicas: a name or label that does not exist
 * finds nothing. Needs the program `prometheus` (Debian: apt-get install prometheus); it is asked for where IRIS_PROMETHEUS=1 says so, as .ci/run does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql, startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { startTestCollector, type TestCollector } from '@iris/telemetry/test-collector';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readRepositoryFile } from '../repository.ts';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { type PrometheusProcess, startPrometheus } from './support/prometheus-process.ts';
import { alertExpressions, dashboardQueries } from './support/promql.ts';
import { until } from './support/until.ts';

// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs the unit tests only
const isAskedFor = process.env.IRIS_PROMETHEUS === '1';

describe.runIf(isAskedFor)('a Prometheus that scrapes two replicas of two versions', () => {
  let directory: string;
  let postgres: TemporaryPostgres;
  let collector: TestCollector;
  let apis: ApiProcess[];
  let prometheus: PrometheusProcess;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iris-prometheus-'));
    [postgres, collector] = await Promise.all([startTemporaryPostgres(), startTestCollector()]);
    const start = (model: string) =>
      startApiProcess({
        MODEL_FILE: join(inject('models'), `${model}.json`),
        DATABASE_URL: postgres.url,
        DATABASE_LIMIT_MB: '640',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      });
    apis = await Promise.all([start('iris-rf'), start('iris-svm')]);
    // Drift is measured at the first scrape, and then once a minute: the rows must be there before.
    for (const api of apis) await useApi(api);
    await until(async () => (await countRows(postgres.url)) === 1206);
    await apis[0]!.send('/feedback', { request_id: `0-${apis[0]!.port}`, label: 'setosa' });
    prometheus = await startPrometheus(directory, {
      'rules.yaml': readRepositoryFile('docs/alerts.yaml'),
      targets: apis.map(({ port }) => `127.0.0.1:${port}`),
    });
    // A rate needs two scrapes of a series, drift one scrape after its measurement.
    await until(async () => (await prometheus.query('min(count_over_time(drift_effect[5m])) > 2')).length > 0);
    for (const api of apis) await useApi(api);
    await until(async () => (await prometheus.query('sum(rate(predictions_total[1m])) > 0')).length > 0);
  });
  afterAll(async () => {
    await prometheus?.stop();
    for (const api of apis ?? []) await api.terminate();
    await Promise.all([postgres?.stop(), collector?.stop()]);
    await rm(directory, { recursive: true });
  });

  it.each(dashboardQueries(readRepositoryFile('docs/dashboard.json')))(
    'has what the dashboard shows as $title: $expr',
    async ({ expr, labels }) => {
      const series = await prometheus.query(expr);
      expect(series).not.toEqual([]);
      for (const { metric } of series) expect(Object.keys(metric)).toEqual(expect.arrayContaining([...labels]));
    },
  );

  // There is no cluster here, whose kube-state-metrics would have the others: alert-rules.test.ts.
  const ofReplicas = alertExpressions(readRepositoryFile('docs/alerts.yaml')).filter(
    ({ unfiltered }) => !unfiltered.includes('kube_'),
  );
  it.each(ofReplicas)('has what the alert $alert asks about', async ({ unfiltered, labels }) => {
    const series = await prometheus.query(unfiltered);
    expect(series).not.toEqual([]);
    for (const { metric } of series) expect(Object.keys(metric)).toEqual(expect.arrayContaining([...labels]));
  });

  it('takes the alerts as they are, and fires none of them', async () => {
    await expect.poll(async () => (await prometheus.rules()).every(({ health }) => health === 'ok')).toBe(true);
    const firing = (await prometheus.rules()).filter(({ state }) => state === 'firing').map(({ name }) => name);
    expect(firing).toEqual([]);
  });

  it('counts what a caller gets wrong by its status, of which the shares of errors are made', async () => {
    const share = 'sum by (status) (rate(http_request_duration_seconds_count{status=~"4.."}[1m])) > 0';
    expect(await prometheus.query(share)).toMatchObject([{ metric: { status: '422' } }]);
  });

  it('would notice a query for what is not there', async () => {
    expect(await prometheus.query('sum by (version) (rate(prediction_total[1m]))')).toEqual([]);
  });
});

/** 603 predictions and those that a caller gets wrong. */
async function useApi(api: ApiProcess): Promise<void> {
  const sample = (row: number) => ({
    sepal_length: 4.5 + (row % 30) / 10,
    sepal_width: 2.5 + (row % 15) / 10,
    petal_length: 1 + (row % 55) / 10,
    petal_width: 0.1 + (row % 23) / 10,
  });
  await api.post('/predict/batch', { instances: Array.from({ length: 600 }, (_, row) => sample(row)) });
  for (let row = 0; row < 3; row++) await api.post('/predict', { ...sample(row), request_id: `${row}-${api.port}` });
  await api.post('/predict', { wrong: true });
}

async function countRows(url: string): Promise<number> {
  const rows = await runSql<{ rows: number }>(url, 'SELECT count(*)::int AS rows FROM predictions').catch(() => []);
  return rows[0]?.rows ?? 0;
}
