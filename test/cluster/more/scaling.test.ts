import { describe, expect, it } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';

const suite = useSuite('scaling');

async function scale(replicas: number): Promise<void> {
  await suite.kubectl('scale', 'deployment/mlops-server', `--replicas=${replicas}`);
  await suite.rolledOut('mlops-server');
}

describe('F2-4: scaling under traffic', () => {
  it('2 → 10 → 2 loses no request', async () => {
    await suite.deploy('rolling');
    await scale(2);
    const traffic = await startTraffic(suite, SERVER);
    await scale(10);
    await traffic.phase('ten');
    await traffic.requests(3000);
    await scale(2);
    // Eight pods answer to their end.
    await suite.kubectl('wait', '--for=jsonpath={.status.replicas}=2', 'deployment/mlops-server', '--timeout=60s');
    await traffic.phase('two');
    await traffic.lasted(30_000);
    expectNothingFailed('scaling 2 → 10 → 2', await traffic.stop());
    expect(await suite.kubectl('get', 'deployment/mlops-server', '--output=jsonpath={.status.readyReplicas}')).toBe('2');
  });
});
