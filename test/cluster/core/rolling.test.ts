import { describe, expect, it } from 'vitest';
import { useSuite } from '../support/suite.ts';
import { countVersion, expectNothingFailed, SERVER, startTraffic, versionsIn } from '../support/traffic.ts';

const suite = useSuite('rolling');
const IMAGE = 'deployment/mlops-server';

describe('F2-4, F2-6: a rolling update under traffic', () => {
  it('0.1.0 → 0.2.0 → undo loses no request', async () => {
    await suite.deploy('rolling');
    const traffic = await startTraffic(suite, SERVER);
    await suite.kubectl('set', 'image', IMAGE, 'mlops-server=mlops-server:0.2.0');
    await suite.rolledOut('mlops-server');
    await traffic.phase('updated');
    const updated = await suite.kubectl('get', 'pods', '--selector=app=mlops-server', '--output=name');
    await traffic.requests(1000);
    await suite.kubectl('rollout', 'undo', IMAGE);
    await suite.rolledOut('mlops-server');
    await suite.kubectl('wait', '--for=delete', ...updated.trim().split('\n'), '--timeout=60s');
    await traffic.phase('undone');
    await traffic.requests(1000);
    const parts = await traffic.stop();
    expectNothingFailed('rolling update and undo', parts);
    expect(countVersion(parts, '0.2.0').answers).toBeGreaterThan(1000);
    expect(versionsIn(parts.filter(({ phase, kind }) => phase === 'undone' && kind === 'fresh'))).toEqual(['0.1.0']);
  });

  it('an image that never gets ready takes no request', async () => {
    await suite.deploy('rolling');
    const traffic = await startTraffic(suite, SERVER);
    await suite.kubectl('patch', IMAGE, '--patch', JSON.stringify(BROKEN));
    await expect(suite.rolledOut('mlops-server')).rejects.toThrow('exceeded its progress deadline');
    await traffic.phase('broken');
    await traffic.requests(3000);
    await suite.kubectl('rollout', 'undo', IMAGE);
    // Until then the Deployment still speaks of the version that it gave up.
    await suite.kubectl('wait', '--for=condition=Progressing', IMAGE, '--timeout=60s');
    await suite.rolledOut('mlops-server');
    const parts = await traffic.stop();
    expectNothingFailed('a broken image', parts);
    // The broken server would answer 503, and as 0.2.0 where it could.
    expect(versionsIn(parts)).toEqual(['0.1.0']);
  });
});

/** It listens, has no model, and never gets ready. */
const BROKEN = {
  spec: {
    progressDeadlineSeconds: 20,
    template: {
      spec: {
        containers: [{ name: 'mlops-server', image: 'mlops-server:0.2.0', env: [{ name: 'REGISTRY_DIR', value: '/nowhere' }] }],
      },
    },
  },
};
