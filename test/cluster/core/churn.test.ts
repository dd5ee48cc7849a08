import { beforeAll, describe, expect, it } from 'vitest';
import { folderDocuments, nodePortUrl } from '../support/folders.ts';
import { kubectl } from '../support/kubectl.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('churn', 'churn-mlops');
const url = nodePortUrl(30080);
const CUSTOMER = { tenure_months: 2, num_complaints: 5, avg_session_minutes: 10, plan_type: 'basic', region: 'EU' };
const JOB_DONE = ['wait', '--for=condition=Complete', 'job/churn-train', '--timeout=180s'];

const registry = (...words: string[]) => suite.exec('deployment/churn-api', ['node', 'registry.js', ...words]);
const podNames = async () =>
  (await suite.kubectl('get', 'pods', '--selector=app=churn-api', '--output=jsonpath={.items[*].metadata.name}')).split(' ');

/** Answers of each server itself. */
async function served(): Promise<string[]> {
  const ask = `fetch('http://127.0.0.1:8000/health').then((answer) => answer.json()).then((health) => console.log(health.current_model))`;
  const names = await podNames();
  return (await Promise.all(names.map((name) => suite.exec(`pod/${name}`, ['node', '-e', ask])))).map((line) => line.trim());
}

const allServe = (version: string) =>
  until(`both servers serve ${version}`, async () => (await served()).every((name) => name === version) || undefined, 10_000);

async function predict(requestId: string): Promise<number> {
  const body = JSON.stringify({ ...CUSTOMER, request_id: requestId });
  return (await fetch(`${url}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
}

beforeAll(async () => {
  await makeSecret(suite, 'churn');
  // All at once: the servers wait until the Job has put a model into service.
  await suite.deploy('churn');
  await suite.kubectl(...JOB_DONE);
});

describe('L6-5: a Job that trains through a gate into the registry on the volume', () => {
  it('has put the first model into service, and both servers serve it', async () => {
    expect(await suite.kubectl('logs', 'job/churn-train')).toContain('in service: v0001 (before: none)');
    expect(await served()).toEqual(['v0001', 'v0001']);
    expect(await registry('verify')).toContain('all is well: 1 version\n');
  });

  it('trains again; both servers follow within ten seconds, and back, while clients that never retry are all served', async () => {
    const failures: unknown[] = [];
    let answered = 0;
    let running = true;
    const client = async () => {
      while (running) {
        const status = await predict(`req-${answered}`).catch((error: unknown) => error);
        if (status === 200) answered++;
        else failures.push(status);
      }
    };
    await until('an answer', async () => (await predict('req-first')) === 200 || undefined);
    const clients = [client(), client()];
    await suite.kubectl('delete', 'job', 'churn-train');
    await kubectl(['apply', '--filename=-'], folderDocuments('churn'));
    await suite.kubectl(...JOB_DONE);
    await allServe('v0002');
    expect(await registry('rollback', '--reason', 'a test')).toContain('in service: v0001 (before: v0002)');
    await allServe('v0001');
    running = false;
    await Promise.all(clients);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  });
});

describe('L6-6: the log of the predictions', () => {
  it('has each with its request_id, and outlives the pods', async () => {
    expect(await predict('req-that-lasts')).toBe(200);
    const logged = () =>
      suite.exec('deployment/churn-api', ['bash', '-c', 'cat /app/logs/* | grep -c \'"req-that-lasts"\' || true']);
    await until('the row', async () => Number(await logged()) === 1 || undefined);
    const before = await podNames();
    await suite.kubectl('delete', 'pods', '--selector=app=churn-api');
    await suite.rolledOut();
    expect((await podNames()).filter((name) => before.includes(name))).toEqual([]);
    expect(Number(await logged())).toBe(1);
  });
});
