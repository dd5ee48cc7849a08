import { describe, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, PREDICT_AND_VERSION, startTraffic, type TrafficOptions } from '../support/traffic.ts';

const suite = useSuite('client-restart');

/** What a page asks, and now and then the page itself: half a core renders only some twenty a second. */
const ASKED = PREDICT_AND_VERSION.map((one) => ({ ...one, path: `/api${one.path}` }));
/** Pods do not call the client: the policies admit only what is outside. */
const CLIENT: TrafficOptions = {
  urls: { outside: nodePortUrl(30801) },
  requests: [...ASKED, ...ASKED, ...ASKED, { path: '/' }],
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
