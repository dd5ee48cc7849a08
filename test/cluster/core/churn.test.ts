import { beforeAll, describe, expect, it } from 'vitest';
import { folderDocuments, nodePortUrl } from '../support/folders.ts';
import { kubectl } from '../support/kubectl.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, startTraffic } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('churn', 'churn-mlops');
const url = nodePortUrl(30080);
const CUSTOMER = { tenure_months: 2, num_complaints: 5, avg_session_minutes: 10, plan_type: 'basic', region: 'EU' };
/** Forty customers, and what they did. */
const CUSTOMERS = Array.from({ length: 40 }, (_, index) => ({
  ...CUSTOMER,
  tenure_months: index + 1,
  num_complaints: index % 6,
  avg_session_minutes: 12 + 2 * index,
}));
const LABELS = CUSTOMERS.map(({ tenure_months }) => (tenure_months < 15 ? 'yes' : 'no'));
/** Two trainings take a processor meanwhile: the clients must still be able to send their second halves in time. */
const RATES = {
  outside: { fresh: { perSecond: 60 }, keepAlive: { connections: 40, perSecond: 3 }, slow: { inFlight: 200, apartMs: 3000 } },
  pod: { fresh: { perSecond: 20 }, keepAlive: { connections: 20, perSecond: 2 }, slow: { inFlight: 100, apartMs: 3000 } },
};
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

function post(path: string, body: object): Promise<Response> {
  return fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Says of customers what they did in fact. */
async function giveFeedback(from: number, to: number): Promise<void> {
  for (const [index, label] of LABELS.slice(from, to).entries()) {
    expect((await post('/feedback', { request_id: `c-${from + index}`, label })).status).toBe(200);
  }
}

/** What the program prints in a pod, and its exit code. */
const drift = () => suite.exec('deployment/churn-api', ['bash', '-c', 'node drift.js; echo "exit code $?"']);

/** Starts the night's Job now; gives what it has printed once it has ended, however it has. */
async function retrain(name: string): Promise<string> {
  const job = `churn-retrain-${name}`;
  await suite.kubectl('create', 'job', job, '--from=cronjob/churn-retrain');
  const ended = "{.status.conditions[?(@.type=='Complete')].type}{.status.conditions[?(@.type=='Failed')].type}";
  await until(
    `the end of ${job}`,
    async () => (await suite.kubectl('get', 'job', job, `--output=jsonpath=${ended}`)) || undefined,
    180_000,
  );
  return suite.kubectl('logs', `job/${job}`);
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
});

describe('L6-5, L6-6, L6-7, P5-8: the loop, while clients that never retry ask on', () => {
  it('sees drift, learns from feedback, follows what the gate lets pass, and goes back', async () => {
    const traffic = await startTraffic(suite, {
      urls: { outside: url, pod: 'http://churn-api-service' },
      rates: RATES,
      requests: [{ path: '/predict?log=false', body: JSON.stringify(CUSTOMER) }, { path: '/version' }],
    });

    await traffic.phase('few predictions');
    for (const [index, customer] of CUSTOMERS.entries())
      expect((await post('/predict', { ...customer, request_id: `c-${index}` })).status).toBe(200);
    await until('a verdict on forty rows', async () => (await drift()).includes('exit code 2') || undefined);

    await traffic.phase('other customers');
    const instances = Array.from({ length: 300 }, (_, index) => ({
      ...CUSTOMERS[index % CUSTOMERS.length],
      avg_session_minutes: 110,
    }));
    expect((await post('/predict/batch', { instances })).status).toBe(200);
    await until('drift', async () => /Drift: .*avg_session_minutes[\s\S]*exit code 1/.test(await drift()) || undefined);

    await traffic.phase('feedback');
    await giveFeedback(0, 30);
    expect(await retrain('first')).toMatch(/in service: v0002 \(before: v0001\)/);
    await allServe('v0002');
    expect(await retrain('nothing-new')).toMatch(/nothing new/i);

    await traffic.phase('rollback');
    expect(await registry('rollback', '--reason', 'a test')).toContain('in service: v0001 (before: v0002)');
    await allServe('v0001');
    await giveFeedback(30, 40);
    expect(await retrain('held-back')).toMatch(/held back/i);

    await traffic.phase('trained anew by the Job');
    await suite.kubectl('delete', 'job', 'churn-train');
    await kubectl(['apply', '--filename=-'], folderDocuments('churn'));
    await suite.kubectl(...JOB_DONE);
    await allServe('v0004');
    expectNothingFailed('churn: train, drift, retrain, rollback', await traffic.stop());
    expect(await registry('verify')).toContain('all is well');
  });
});

describe('L6-6: the log of the predictions', () => {
  it('has each with its request_id, and outlives the pods', async () => {
    expect((await post('/predict', { ...CUSTOMER, request_id: 'req-that-lasts' })).status).toBe(200);
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
