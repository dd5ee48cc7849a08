import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../../repository.ts';
import { nodePortUrl } from '../support/folders.ts';
import { kubectl, startKubectl } from '../support/kubectl.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic, versionsIn } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const pods = useSuite('tutorial-pods');
const replicas = useSuite('tutorial-replicas');
const limits = useSuite('tutorial-limits');
useSuite('tutorial-prod', 'prod');
useSuite('tutorial-qualif', 'qualif');
useSuite('tutorial-dev', 'dev');

const NAMES = '--output=jsonpath={.items[*].metadata.name}';
const READY = ['wait', '--for=condition=Ready', '--timeout=120s'];
const askVersion = ['node', '-e', 'fetch("http://localhost:8000/version").then((a) => a.text()).then(console.log)'];

describe('A-1: pods without a Deployment', () => {
  beforeAll(async () => {
    await pods.deploy('pods');
    await pods.kubectl(...READY, 'pods', '--selector=app=api');
  });

  it('are chosen by their labels', async () => {
    expect((await pods.kubectl('get', 'pods', '-l', 'app=api', NAMES)).split(' ').sort()).toEqual([
      'api-pod',
      'api-pod-1',
      'api-pod-2',
      'api-pod-3',
    ]);
    expect(await pods.kubectl('get', 'pods', '-l', 'app=api,version=0.2.0', NAMES)).toBe('api-pod-2');
  });

  it.each([
    ['api-pod', '0.1.0'],
    ['api-pod-1', '0.1.0'],
    ['api-pod-2', '0.2.0'],
    ['api-pod-3', '0.3.0'],
  ])('%s answers as %s, asked from inside', async (pod, version) => {
    expect(JSON.parse(await pods.exec(pod, askVersion))).toMatchObject({ version, instance: pod });
  });

  it('have a shell, a log, a description', async () => {
    expect(await pods.exec('api-pod', ['/bin/bash'], 'echo $HOSTNAME\n')).toBe('api-pod\n');
    expect(await pods.kubectl('logs', 'api-pod')).toContain('"msg":"listening"');
    expect(await pods.kubectl('describe', 'pod', 'api-pod')).toMatch(/Image: +api:0\.1\.0/);
  });

  it('are reached by port-forward', async () => {
    const forward = startKubectl(['--namespace', pods.namespace, 'port-forward', 'api-pod', ':8000']);
    try {
      const [line] = await once(createInterface({ input: forward.stdout }), 'line');
      const port = /127\.0\.0\.1:(\d+) -> 8000/.exec(line)![1];
      expect(await (await fetch(`http://127.0.0.1:${port}/version`)).json()).toMatchObject({ instance: 'api-pod' });
    } finally {
      forward.kill();
    }
  });

  it('do not come back when they are deleted, and do when they are applied again', async () => {
    await pods.kubectl('delete', 'pod', 'api-pod-2');
    expect((await pods.kubectl('get', 'pods', '-l', 'app=api', NAMES)).split(' ').sort()).toEqual([
      'api-pod',
      'api-pod-1',
      'api-pod-3',
    ]);
    await pods.deploy('pods');
    await pods.kubectl(...READY, 'pod/api-pod-2');
  });
});

describe('A-2: a pod of the same name in three namespaces', () => {
  beforeAll(() => kubectl(['apply', '--filename=k8s/environments']));

  it.each([
    ['prod', '0.1.0'],
    ['qualif', '0.2.0'],
    ['dev', '0.3.0'],
  ])('%s has %s', async (namespace, version) => {
    const its = ['--namespace', namespace];
    await kubectl([...its, ...READY, 'pod/api-pod']);
    expect(JSON.parse(await kubectl([...its, 'exec', 'api-pod', '--', ...askVersion]))).toMatchObject({ version });
    const found = await kubectl(['get', 'pods', '--all-namespaces', '-l', `environment=${namespace}`, '--output=name']);
    expect(found).toBe('pod/api-pod\n');
  });
});

describe('A-3, A-4: ten replicas behind a Service', () => {
  it('come up, heal, show their documentation and are scaled by applying again', async () => {
    await replicas.deploy('replicas');
    const names = async (): Promise<string[]> => (await replicas.kubectl('get', 'pods', '-l', 'app=api', NAMES)).split(' ');
    const before = await names();
    expect(before).toHaveLength(10);
    await replicas.kubectl('delete', 'pod', before[0]!);
    await replicas.rolledOut('api-deploy');
    expect(await until('ten again', async () => (await names()).length === 10 || undefined)).toBe(true);
    expect(await names()).not.toContain(before[0]);
    const docs = await until('an answer', () => fetch(`${nodePortUrl(30001)}/docs`));
    expect([docs.status, docs.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const file = readRepositoryFile('k8s/replicas/60-deployment-api-deploy.yaml');
    await kubectl(['--namespace', replicas.namespace, 'apply', '--filename=-'], file.replace('replicas: 10', 'replicas: 4'));
    await replicas.rolledOut('api-deploy');
    expect(await until('four', async () => (await names()).length === 4 || undefined)).toBe(true);
  });
});

describe('A-5: the limits of the tutorial', () => {
  it('hold a server, with an update', async () => {
    await limits.deploy('rolling');
    const traffic = await startTraffic(limits, SERVER);
    await limits.deploy('limits');
    await traffic.requests(1000);
    const parts = await traffic.stop();
    expectNothingFailed('the limits of the tutorial, by an update', parts);
    expect(versionsIn(parts)).toEqual(['0.1.0', '0.2.0']);
    const restarts = '--output=jsonpath={.items[*].status.containerStatuses[0].restartCount}';
    const counts = await limits.kubectl('get', 'pods', '-l', 'app=mlops-server', restarts);
    expect(new Set(counts.split(' '))).toEqual(new Set(['0']));
  });
});
