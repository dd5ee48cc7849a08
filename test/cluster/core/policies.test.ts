import { beforeAll, describe, expect, it } from 'vitest';
import { clientPod } from '../support/pods.ts';
import { tryToReach } from '../support/reach.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const ours = useSuite('policies');
const others = useSuite('policies-others');
const churn = useSuite('policies-churn', 'churn-mlops');
const mlops = useSuite('policies-mlops', 'mlops');

const FOREIGN = 'pod/foreign';
const CLIENT = 'pod/client';
const server = `mlops-server-svc.${ours.namespace}`;

beforeAll(async () => {
  await makeSecret(ours, 'database');
  await makeSecret(churn, 'churn');
  await makeSecret(mlops, 'mlops');
  await ours.create(clientPod('foreign'), clientPod('client', { labels: { 'mlops-server-client': 'true' } }));
  await others.create(clientPod('foreign', { labels: { 'mlops-server-client': 'true', 'iris-api-client': 'true' } }));
  await churn.create(clientPod('client'));
  await mlops.create(clientPod('foreign'), clientPod('client', { labels: { 'iris-api-client': 'true' } }));
  await ours.deploy('database');
  await churn.deploy('churn');
  await mlops.deploy('mlops');
  for (const suite of [ours, mlops]) await suite.kubectl('wait', '--for=condition=Ready', FOREIGN, CLIENT, '--timeout=60s');
});

describe('L6-8 and the policies of every folder: who reaches whom', () => {
  it.each([
    ['a client of the server', ours, CLIENT, server, 8000],
    ['the web client', ours, 'deployment/mlops-client', server, 8000],
    ['the server, its database', ours, 'deployment/mlops-server', 'postgres-svc', 5432],
    ['a pod of churn-mlops, the churn API', churn, CLIENT, 'churn-api-service', 80],
    ['a client of iris-api', mlops, CLIENT, 'iris-api-service', 8000],
  ])('%s is served', async (_, suite, from, host, port) => {
    // A policy takes hold some 100 ms after a pod has its address.
    await until('a connection', async () => (await tryToReach(suite, from, host, port)) === 'reached' || undefined);
  });

  it.each([
    ['an unlabelled pod, the server', ours, FOREIGN, server, 8000],
    ['a pod of another namespace, the server', others, FOREIGN, server, 8000],
    ['a client of the server, the web client', ours, CLIENT, 'mlops-client-svc', 8501],
    ['a client of the server, the database', ours, CLIENT, 'postgres-svc', 5432],
    ['the web client, the database', ours, 'deployment/mlops-client', 'postgres-svc', 5432],
    ['the server, the web client', ours, 'deployment/mlops-server', 'mlops-client-svc', 8501],
    ['the server, the Kubernetes API', ours, 'deployment/mlops-server', 'kubernetes.default', 443],
    ['a pod of another namespace, the churn API', others, FOREIGN, 'churn-api-service.churn-mlops', 80],
    ['the churn API, the server', churn, 'deployment/churn-api', server, 8000],
    ['an unlabelled pod, iris-api', mlops, FOREIGN, 'iris-api-service', 8000],
    ['a pod of another namespace, iris-api', others, FOREIGN, 'iris-api-service.mlops', 8000],
  ])('%s: refused', async (_, suite, from, host, port) => {
    expect(await tryToReach(suite, from, host, port)).toBe('silence');
  });

  it("the foreign pods reach what no policy guards: their silence is the policies' doing", async () => {
    for (const suite of [ours, others, mlops])
      expect(await tryToReach(suite, FOREIGN, 'kubernetes.default', 443)).toBe('reached');
  });
});
