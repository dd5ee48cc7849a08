import { describe, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, PREDICT_AND_VERSION, startTraffic, type TrafficOptions } from '../support/traffic.ts';

const suite = useSuite('client-restart');

/**
 * The page itself, and predictions through the client. Pods do not call it: the policies admit only what is outside. Half a core renders
 * and forwards some 100 requests a second, hence the long pauses.
 */
const CLIENT: TrafficOptions = {
  urls: { outside: nodePortUrl(30801) },
  requests: [
    ...PREDICT_AND_VERSION.filter(({ body }) => body).map((one) => ({ ...one, path: `/api${one.path}` })),
    { path: '/' },
  ],
  rates: {
    outside: {
      fresh: { perSecond: 5 },
      keepAlive: { connections: 40, perSecond: 0.5 },
      slow: { inFlight: 500, apartMs: 15_000 },
    },
  },
};

describe('F2-5: the client under traffic', () => {
  it('rollout restart loses no request', async () => {
    await suite.deploy('rolling');
    const traffic = await startTraffic(suite, CLIENT);
    await suite.kubectl('rollout', 'restart', 'deployment/mlops-client');
    await suite.rolledOut('mlops-client');
    await traffic.phase('restarted');
    await traffic.requests(2000);
    expectNothingFailed('rollout restart of the client', await traffic.stop());
  });
});
