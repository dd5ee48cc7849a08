import { describe, expect, it } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('pods');

async function servers(): Promise<string[]> {
  const output = '--output=jsonpath={.items[*].metadata.name}';
  return (await suite.kubectl('get', 'pods', '--selector=app=mlops-server', output)).split(' ');
}

describe('F2-4: server pods come and go under traffic', () => {
  it('deleting one loses no request, and another takes its place', async () => {
    await suite.deploy('rolling');
    const [victim, ...others] = await servers();
    const traffic = await startTraffic(suite, SERVER);
    await suite.kubectl('delete', 'pod', victim!);
    await suite.rolledOut('mlops-server');
    const parts = await traffic.stop();
    expectNothingFailed('deleting a server pod', parts);
    const now = await until('three servers', async () => {
      const names = await servers();
      return names.length === 3 ? names : undefined;
    });
    expect(now).toEqual(expect.arrayContaining(others));
    expect(now).not.toContain(victim);
  });
});
