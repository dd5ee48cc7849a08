import { describe, expect, it } from 'vitest';
import { keepFigure } from '../support/report.ts';
import { MANY_CONNECTIONS, shareOf } from '../support/shares.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, type Part, SERVER, startTraffic, versionsIn } from '../support/traffic.ts';

const suite = useSuite('canary');
const CANARY = '0.2.0';

async function scale(deployment: 'stable' | 'canary', replicas: number): Promise<void> {
  await suite.kubectl('scale', `deployment/mlops-server-${deployment}`, `--replicas=${replicas}`);
  await suite.rolledOut(`mlops-server-${deployment}`);
}

describe('F2-8: a canary under traffic', () => {
  it('0 → 1 of 4 → 2 and 2 → all → abort gives each its share and loses no request', async () => {
    await suite.deploy('canary');
    await scale('canary', 0);
    const traffic = await startTraffic(suite, { ...SERVER, rates: MANY_CONNECTIONS });
    await traffic.phase('none');
    await traffic.requests(2000);

    await traffic.phase('the canary comes');
    await scale('canary', 1);
    await traffic.phase('1 of 4');
    await traffic.shared(10_000, 2000);

    await traffic.phase('2 and 2');
    await scale('canary', 2);
    await scale('stable', 2);
    await traffic.requests(2000);

    await traffic.phase('all');
    await scale('canary', 4);
    await scale('stable', 0);
    await traffic.requests(2000);

    // Stable comes back before the canary goes.
    await traffic.phase('abort');
    await scale('stable', 3);
    await scale('canary', 0);
    await suite.kubectl('wait', '--for=delete', 'pods', '--selector=app=mlops-server,track=canary', '--timeout=60s');
    await traffic.phase('aborted');
    await traffic.requests(2000);

    const parts = await traffic.stop();
    const during = (name: string): Part[] => parts.filter(({ phase }) => phase === name);
    expectNothingFailed('canary 0 → 1 of 4 → 2 and 2 → all → abort', parts);
    expect(versionsIn(during('none'))).toEqual(['0.1.0']);
    expect(versionsIn(during('aborted'))).toEqual(['0.1.0']);
    const fresh = shareOf(during('1 of 4'), 'fresh', CANARY, 'answers');
    const kept = shareOf(during('1 of 4'), 'keepAlive', CANARY, 'lives');
    keepFigure('canary 1 of 4', `${fresh.percent.toFixed(2)} % of ${fresh.of} requests on new connections`);
    keepFigure(
      'canary 1 of 4',
      `${kept.percent.toFixed(2)} % of ${kept.of} lives of connections whose clients were there before it`,
    );
    expect(fresh.of).toBeGreaterThanOrEqual(10_000);
    expect(Math.abs(fresh.percent - 25)).toBeLessThanOrEqual(3);
    expect(kept.of).toBeGreaterThanOrEqual(2000);
    expect(Math.abs(kept.percent - 25)).toBeLessThanOrEqual(4);
  });
});
