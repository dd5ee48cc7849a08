import { beforeAll, describe, expect, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('backup');
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

const psql = (statement: string) =>
  suite.exec('deployment/postgres-db', ['psql', '-U', 'iris', '-d', 'irisdb', '-At'], statement);

async function predict(requestId: string): Promise<void> {
  const body = JSON.stringify({ ...SETOSA, request_id: requestId });
  const headers = { 'content-type': 'application/json' };
  const send = () => fetch(`${nodePortUrl(30800)}/predict`, { method: 'POST', headers, body });
  await until('an answer', async () => (await send()).ok || undefined);
  await until(`the row of ${requestId}`, async () => (await rowsOf(requestId)) > 0 || undefined);
}

async function rowsOf(requestId: string): Promise<number> {
  return Number(await psql(`SELECT count(*) FROM predictions WHERE request_id = '${requestId}'`));
}

/** Makes a Job of a CronJob, with another command where one is given, and gives what it printed. */
async function runJob(name: string, cronJob: string, command?: readonly string[]): Promise<string> {
  const from = ['create', 'job', name, `--from=cronjob/${cronJob}`];
  if (command === undefined) await suite.kubectl(...from);
  else {
    const job = JSON.parse(await suite.kubectl(...from, '--dry-run=client', '--output=json')) as {
      spec: { template: { spec: { containers: { command: readonly string[] }[] } } };
    };
    job.spec.template.spec.containers[0]!.command = command;
    await suite.create(job);
  }
  await suite.kubectl('wait', '--for=condition=Complete', `job/${name}`, '--timeout=180s');
  return suite.kubectl('logs', `job/${name}`);
}

beforeAll(() => makeSecret(suite, 'database'));

describe('F3-3: predictions over the years', () => {
  it('a backup brings rows back while the servers answer, erasures stay, and old rows go', async () => {
    await suite.deploy('database');
    await suite.kubectl('wait', '--for=condition=Complete', 'jobs', '--selector=app=mlops-server-migrate', '--timeout=120s');
    for (const id of ['ann', 'bob']) await predict(id);
    expect(await runJob('backup-1', 'postgres-backup')).toMatch(/^irisdb-\d{8}T\d{6}Z\.dump: \d+ bytes, sha256 [0-9a-f]{64}\n$/);

    const erase = ['node', 'erase.js', '--request-id', 'ann', '--by', 'J. Doe', '--reason', 'letter'];
    expect(await runJob('erase-1', 'prediction-retention', erase)).toContain('"predictions":');
    await psql(`DELETE FROM predictions WHERE request_id = 'bob'`);
    expect([await rowsOf('ann'), await rowsOf('bob')]).toEqual([0, 0]);

    const traffic = await startTraffic(suite, SERVER);
    expect(await runJob('restore-1', 'postgres-restore')).toMatch(/ is restored: [1-9]\d* predictions\n$/);
    await traffic.phase('restored');
    expectNothingFailed('restoring a backup', await traffic.stop());
    expect([await rowsOf('ann'), (await rowsOf('bob')) > 0]).toEqual([0, true]);
    await predict('carl');

    await psql(`UPDATE predictions SET created_at = now() - interval '91 days' WHERE request_id = 'bob'`);
    expect(await runJob('retain-1', 'prediction-retention')).toMatch(
      /^[1-9]\d* predictions of "species" from before .* are deleted\.\n/m,
    );
    expect([await rowsOf('bob'), (await rowsOf('carl')) > 0]).toEqual([0, true]);
    const audit = suite.exec(
      'deployment/postgres-db',
      ['psql', '-U', 'postgres', '-d', 'irisdb', '-v', 'ON_ERROR_STOP=1'],
      'SET ROLE iris_writer; TABLE prediction_erasures',
    );
    await expect(audit).rejects.toThrow('permission denied');
  });
});
