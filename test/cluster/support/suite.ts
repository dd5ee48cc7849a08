/** A namespace of a test file's own, with the commands that act in it; what failed in it is kept before it is deleted. */
import { afterAll, afterEach, beforeAll, type RunnerTask } from 'vitest';
import { keepArtifacts } from './artifacts.ts';
import { applyFolder } from './folders.ts';
import { kubectl, kubectlJson } from './kubectl.ts';
import { OUR_LABEL } from './leftovers.ts';

/** Time for a Deployment to come, on two cores with others at work. */
const READY_S = 180;

/** A namespace, and what a test does in it. */
export interface Suite {
  readonly namespace: string;
  /** Runs a kubectl command in the namespace. */
  kubectl(...args: string[]): Promise<string>;
  /** Runs a command in a pod, or in the first of a Deployment, with its standard input. */
  exec(target: string, command: readonly string[], input?: string): Promise<string>;
  /** The same, for a command whose output is one JSON document. */
  json<T>(...args: string[]): Promise<T>;
  /** Applies objects that the test itself describes. */
  create(...objects: object[]): Promise<void>;
  /** Applies a folder of `k8s/`, or of it what the options choose, and waits until all Deployments are there. */
  deploy(folder: string, ...options: string[]): Promise<void>;
  /** Waits until the Deployments are as they are described. */
  rolledOut(...deployments: string[]): Promise<void>;
}

/**
 * To be called at the top of a test file: makes the namespace before its tests and deletes it after them.
 *
 * @param namespace a folder's own namespace, where it names one; such a one is not taken from who has it already.
 */
export function useSuite(name: string, namespace = `iris-test-${name}`): Suite {
  const suite = suiteIn(namespace);
  let made = false;
  beforeAll(async () => {
    await makeNamespace(namespace);
    made = true;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepArtifacts(namespace, `${name}-${task.name}`);
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used
  afterAll(async ({}, file) => {
    // One that was there before is somebody's.
    if (!made) return;
    // No test has failed where the preparation of tests did.
    if (hasUnrun(file.tasks)) await keepArtifacts(namespace, `${name}-before-tests`);
    // Node ports are the cluster's: they must be free before the next file begins. Pods may take their grace period.
    await suite.kubectl('delete', 'services', '--all');
    await kubectl(['delete', 'namespace', namespace, '--wait=false']);
  });
  return suite;
}

function suiteIn(namespace: string): Suite {
  const inNamespace = (args: readonly string[]): string[] => ['--namespace', namespace, ...args];
  const suite: Suite = {
    namespace,
    kubectl: (...args) => kubectl(inNamespace(args)),
    exec: (target, command, input) => kubectl(inNamespace(['exec', '--stdin', target, '--', ...command]), input),
    json: <T>(...args: string[]) => kubectlJson<T>(inNamespace(args)),
    create: async (...objects) => {
      await kubectl(inNamespace(['apply', '--filename=-']), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    },
    deploy: async (folder, ...options) => {
      await applyFolder(folder, namespace, options);
      await suite.rolledOut();
    },
    rolledOut: async (...deployments) => {
      const names = deployments.length > 0 ? deployments : await deploymentsIn(suite);
      for (const deployment of names)
        await suite.kubectl('rollout', 'status', `deployment/${deployment}`, `--timeout=${READY_S}s`);
    },
  };
  return suite;
}

/** @throws if there is one already: it is somebody's, and would be deleted in the end. */
async function makeNamespace(namespace: string): Promise<void> {
  const [one] = (
    await kubectl([
      'get',
      'namespaces',
      `--field-selector=metadata.name=${namespace}`,
      '--output=jsonpath={.items[*].status.phase}',
    ])
  ).split(' ');
  // The file before has used it.
  if (one === 'Terminating') await kubectl(['wait', '--for=delete', `namespace/${namespace}`, '--timeout=120s']);
  await kubectl(['create', 'namespace', namespace]);
  // Whatever runs in it must be as harmless as the strictest standard asks.
  await kubectl(['label', 'namespace', namespace, OUR_LABEL, 'pod-security.kubernetes.io/enforce=restricted']);
}

async function deploymentsIn(suite: Suite): Promise<string[]> {
  return (await suite.kubectl('get', 'deployments', '--output=jsonpath={.items[*].metadata.name}')).split(' ').filter(Boolean);
}

/** Whether a test that should have run has not: what was to come before it has failed. */
export function hasUnrun(tasks: readonly RunnerTask[]): boolean {
  return tasks.some((task) => {
    if (task.mode !== 'run') return false;
    return task.type === 'suite' ? hasUnrun(task.tasks) : !['pass', 'fail'].includes(task.result?.state ?? '');
  });
}
