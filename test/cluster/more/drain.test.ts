import { afterAll, describe, expect, inject, it } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';

const suite = useSuite('drain');

interface Pods {
  readonly items: readonly { readonly spec: { readonly nodeName: string } }[];
}

async function nodesOf(selector: string): Promise<string[]> {
  const { items } = await suite.json<Pods>('get', 'pods', `--selector=${selector}`);
  return items.map(({ spec }) => spec.nodeName);
}

let drained: string | undefined;
afterAll(async () => {
  if (drained !== undefined) await suite.kubectl('uncordon', drained);
});

describe.runIf(inject('nodes') > 1)('F2-4: a node is drained under traffic', () => {
  it('its servers move one by one and no request is lost', async () => {
    await suite.deploy('rolling');
    const traffic = await startTraffic(suite, SERVER);
    const [probing] = await nodesOf('mlops-server-client=true,!app');
    drained = (await nodesOf('app=mlops-server')).find((node) => node !== probing);
    expect(drained).toBeDefined();
    // Other people's pods on that node stay where they are.
    const only = '--pod-selector=app=mlops-server';
    await suite.kubectl('drain', drained!, '--ignore-daemonsets', '--delete-emptydir-data', only, '--timeout=120s');
    await suite.rolledOut('mlops-server');
    expect(await nodesOf('app=mlops-server')).not.toContain(drained);
    expectNothingFailed('draining a node', await traffic.stop());
  });

  it('P5-10: a drain that the disruption budget holds back goes on once the other pods are Ready', async () => {
    const [other] = await nodesOf('app=mlops-server');
    const drain = (timeout: string) =>
      suite.kubectl('drain', other!, '--ignore-daemonsets', '--delete-emptydir-data', '--pod-selector=app=mlops-server', timeout);
    try {
      // No node takes the first pod that is moved, so that the budget keeps the second where it is.
      await expect(drain('--timeout=20s')).rejects.toThrow("would violate the pod's disruption budget");
      await suite.kubectl('uncordon', drained!);
      await drain('--timeout=120s');
      await suite.rolledOut('mlops-server');
      expect(await nodesOf('app=mlops-server')).toEqual([drained, drained, drained]);
    } finally {
      await suite.kubectl('uncordon', other!);
    }
  });
});
