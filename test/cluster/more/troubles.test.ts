import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyFolder } from '../support/folders.ts';
import { kubectl, kubectlJson } from '../support/kubectl.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('troubles');
const SERVER = 'deployment/mlops-server';
const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: {
      readonly containerStatuses?: readonly {
        readonly state: { readonly waiting?: { readonly reason: string } };
        readonly lastState: { readonly terminated?: { readonly exitCode: number } };
      }[];
    };
  }[];
}

/** A server pod whose container waits for one of these reasons. */
function waitingPod(...reasons: readonly string[]) {
  return until(`a server pod that waits: ${reasons}`, async () => {
    const { items } = await suite.json<Pods>('get', 'pods', '--selector=app=mlops-server');
    for (const { metadata, status } of items) {
      const [container] = status.containerStatuses ?? [];
      if (reasons.includes(container?.state.waiting?.reason ?? '')) {
        return { name: metadata.name, exitCode: container?.lastState.terminated?.exitCode };
      }
    }
    return undefined;
  });
}

/** Waits for an event of the namespace that says so. */
function event(words: string): Promise<true> {
  return until(`an event: ${words}`, async () => {
    const messages = await suite.kubectl('get', 'events', '--output=jsonpath={.items[*].message}');
    return messages.includes(words) || undefined;
  });
}

/** Rows of the troubleshooting table of k8s/README.md: the trouble is made, recognised as the table says, and cured. */
describe('P5-10: the cure', () => {
  beforeAll(() => suite.deploy('rolling'));

  it('of an image that the node does not have: the right one', async () => {
    await suite.kubectl('set', 'image', SERVER, 'mlops-server=mlops-server:9.9.9');
    await waitingPod('ErrImagePull', 'ImagePullBackOff');
    await suite.kubectl('set', 'image', SERVER, 'mlops-server=mlops-server:0.2.0');
    await suite.rolledOut('mlops-server');
  });

  it('of CrashLoopBackOff: the setting that the log of the last run names', async () => {
    await suite.kubectl('set', 'env', SERVER, 'LOG_LEVEL=loud');
    const { name, exitCode } = await waitingPod('CrashLoopBackOff');
    expect(exitCode).toBe(78);
    expect(await suite.kubectl('logs', name, '--previous')).toMatch(/^LOG_LEVEL: must be/m);
    await suite.kubectl('set', 'env', SERVER, 'LOG_LEVEL=info');
    await suite.rolledOut('mlops-server');
  });
});

describe('P5-10: the cure of a database that does not start', () => {
  let storageClass: string;

  beforeAll(async () => {
    const { items } = await kubectlJson<{ items: { metadata: { name: string; annotations?: Record<string, string> } }[] }>([
      'get',
      'storageclasses',
    ]);
    storageClass = items.find(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true')!.metadata.name;
  });
  // It is the whole cluster's: whatever failed in between.
  afterAll(() => markDefault(true));

  const markDefault = (yes: boolean) =>
    kubectl(['annotate', 'storageclass', storageClass, '--overwrite', `${IS_DEFAULT}=${yes}`]);

  it('is a default StorageClass and a restart, and its Secret', async () => {
    await markDefault(false);
    await applyFolder('database', suite.namespace, []);
    await event('unbound immediate PersistentVolumeClaims');
    await markDefault(true);
    await until('a class of the claim', async () => {
      const name = await suite.kubectl('get', 'pvc/postgres-pvc', '--output=jsonpath={.spec.storageClassName}');
      return name === storageClass || undefined;
    });
    await suite.kubectl('rollout', 'restart', 'deployment/postgres-db');
    await event('secret "postgres-secret" not found');
    await makeSecret(suite, 'database');
    await suite.rolledOut('postgres-db', 'mlops-server');
  });
});
