import { beforeAll, describe, it } from 'vitest';
import { keepFigure } from '../support/report.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, startTraffic } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('autoscaling', 'mlops');
/** Scaling down waits for a quiet minute, then takes two pods every half of one. */
const SETTLE_MS = 240_000;
let key: string;

beforeAll(async () => {
  key = await makeSecret(suite, 'mlops');
});

async function readyPods(): Promise<number> {
  return Number(await suite.kubectl('get', 'deployment/iris-api', '--output=jsonpath={.status.readyReplicas}'));
}

function podsAre(what: string, condition: (ready: number) => boolean): Promise<number> {
  const look = async (): Promise<number | undefined> => {
    const ready = await readyPods();
    return condition(ready) ? ready : undefined;
  };
  return until(what, look, SETTLE_MS);
}

describe('P5-2: the autoscaler of iris-api', () => {
  it('scales up under load and back after it, and no request fails', async () => {
    await suite.deploy('mlops');
    const metrics = '--output=jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}';
    await until('metrics', async () => (await suite.kubectl('get', 'hpa/iris-api-hpa', metrics)) || undefined, 120_000);
    const traffic = await startTraffic(suite, {
      urls: { pod: 'http://iris-api-service:8000' },
      headers: { 'x-api-key': key },
      rates: { pod: { fresh: { perSecond: 50 }, keepAlive: { connections: 40, perSecond: 50 } } },
    });
    const begun = performance.now();
    const most = await podsAre('more pods', (ready) => ready > 2);
    keepFigure('HPA', `third pod ready ${Math.round((performance.now() - begun) / 1000)} s after the load began (${most} pods)`);
    await traffic.phase('more pods');
    await traffic.requests(10_000);
    expectNothingFailed('HPA, scaling up', await traffic.stop());
    await podsAre('two pods again', (ready) => ready === 2);
  });
});
