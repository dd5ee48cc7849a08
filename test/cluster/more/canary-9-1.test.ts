import { describe, expect, it } from 'vitest';
import { keepFigure } from '../support/report.ts';
import { MANY_CONNECTIONS, shareOf } from '../support/shares.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, SERVER, startTraffic } from '../support/traffic.ts';

const suite = useSuite('canary-9-1');

describe('A-6: a canary of one in ten', () => {
  it('gets a tenth of the new connections', async () => {
    await suite.deploy('canary-9-1');
    const traffic = await startTraffic(suite, { ...SERVER, rates: MANY_CONNECTIONS });
    await traffic.phase('9 and 1');
    await traffic.shared(10_000, 0);
    const parts = await traffic.stop();
    expectNothingFailed('canary 9 and 1', parts);
    const share = shareOf(
      parts.filter(({ phase }) => phase === '9 and 1'),
      'fresh',
      '0.2.0',
      'answers',
    );
    keepFigure('canary 9 and 1', `${share.percent.toFixed(2)} % of ${share.of} requests on new connections`);
    expect(share.of).toBeGreaterThanOrEqual(10_000);
    expect(Math.abs(share.percent - 10)).toBeLessThanOrEqual(2);
  });
});
