/**
 * When the alerts fire, and when not, by Prometheus' own tool for it (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/).
 * `promtool` comes with Debian's package prometheus; it is asked for where IRIS_PROMETHEUS=1 says so, as .ci/run does.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../repository.ts';

// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs the unit tests only
const isAskedFor = process.env.IRIS_PROMETHEUS === '1';

const UP = { 'up{job="iris", instance="a"}': '1x3600' };
const DAY_S = 24 * 3600;

describe.runIf(isAskedFor)('the alerts', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iris-alerts-'));
    await writeFile(join(directory, 'alerts.yaml'), readRepositoryFile('docs/alerts.yaml'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Fails unless exactly those alerts fire then. `series` has a value for each step, in the notation of Prometheus. */
  async function expectFiring(
    alerts: readonly string[],
    series: Readonly<Record<string, string>>,
    { hours = 2, step = '1m' } = {},
  ): Promise<void> {
    const test = {
      rule_files: ['alerts.yaml'],
      evaluation_interval: step,
      tests: [
        {
          interval: step,
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
              eval_time: `${hours}h`,
              exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
            },
          ],
        },
      ],
    };
    // YAML holds JSON.
    await writeFile(join(directory, 'test.yaml'), JSON.stringify(test));
    const outcome = await promisify(execFile)('promtool', ['test', 'rules', join(directory, 'test.yaml')]).then(
      () => 'as expected',
      (error: Error & { readonly stdout: string; readonly stderr: string }) => error.stdout + error.stderr + error.message,
    );
    expect(outcome).toBe('as expected');
  }

  it('are quiet while all is well, and say that no replica is reached', async () => {
    await expectFiring([], UP);
    await expectFiring(['ApiAway'], { 'up{job="iris", instance="a"}': '0x3600' });
    await expectFiring(['ApiAway'], { 'up{job="another"}': '1x3600' });
  });

  const requests = (job: string, status: string) => `http_request_duration_seconds_count{job="${job}", status="${status}"}`;
  const answered = (job: string, s: string) => `http_request_duration_seconds_bucket{job="${job}", route="/predict", le="${s}"}`;

  it('on failures and slow answers are about the API alone', async () => {
    const [busy, slow] = ['0+600x3600', '0x3600'];
    await expectFiring(['RequestsFail'], { ...UP, [requests('iris', '200')]: busy, [requests('iris', '503')]: '0+60x3600' });
    // Another service that fails must not fire it, nor one that succeeds dilute it.
    await expectFiring([], { ...UP, [requests('iris', '200')]: busy, [requests('shop', '500')]: busy });
    await expectFiring(['RequestsFail'], {
      ...UP,
      [requests('iris', '200')]: '0+60x3600',
      [requests('iris', '503')]: '0+6x3600',
      [requests('shop', '200')]: '0+60000x3600',
    });
    const slowAt = (job: string) => ({
      [answered(job, '0.25')]: slow,
      [answered(job, '1')]: busy,
      [answered(job, '+Inf')]: busy,
    });
    await expectFiring(['PredictionsSlow'], { ...UP, ...slowAt('iris') });
    await expectFiring([], { ...UP, ...slowAt('shop') });
  });

  const accuracy = (of: string, share: number, judged: number) => ({
    [`accuracy_by_feedback{${of}}`]: `${share}x3600`,
    [`feedback_judged{${of}}`]: `${judged}x3600`,
  });

  it('on accuracy takes share and number from the same log', async () => {
    await expectFiring(['AccuracyLow'], { ...UP, ...accuracy('job="iris", instance="a"', 0.6, 100) });
    await expectFiring([], { ...UP, ...accuracy('job="iris", instance="a"', 0.6, 99) });
    for (const churn of ['job="churn", instance="b"', 'job="iris", instance="b"'])
      await expectFiring([], { ...UP, ...accuracy('job="iris", instance="a"', 0, 2), ...accuracy(churn, 0.9, 5000) });
  });

  it('on backups fires a day and a half after the last success, or after a CronJob was made that never had one', async () => {
    const up = { 'up{job="iris", instance="a"}': '1x1000' };
    const created = { 'kube_cronjob_created{namespace="mlops", cronjob="postgres-backup", instance="ksm"}': '0x1000' };
    const succeeded = {
      'kube_cronjob_status_last_successful_time{namespace="mlops", cronjob="postgres-backup", instance="ksm"}': `_x287 ${DAY_S}x1000`,
    };
    // A series is stale after five minutes.
    const at = (hours: number) => ({ hours, step: '5m' });
    await expectFiring([], { ...up, ...created }, at(36));
    await expectFiring(['PostgresBackupOld'], { ...up, ...created }, at(37));
    await expectFiring([], { ...up, ...created, ...succeeded }, at(60));
    await expectFiring(['PostgresBackupOld'], { ...up, ...created, ...succeeded }, at(61));
    await expectFiring([], { ...up, 'kube_cronjob_created{namespace="mlops", cronjob="another"}': '0x1000' }, at(61));
  });
});
