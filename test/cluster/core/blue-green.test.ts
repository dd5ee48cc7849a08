import { describe, expect, it } from 'vitest';
import { keepFigure } from '../support/report.ts';
import { useSuite } from '../support/suite.ts';
import { countVersion, expectNothingFailed, type Part, SERVER, startTraffic, versionsIn } from '../support/traffic.ts';

const suite = useSuite('blue-green');
/** Every connection is renewed within 10 s, and the slowest bodies take 6 s. */
const LAST_OLD_ANSWER_MS = 15_000;

async function uids(): Promise<string[]> {
  const output = '--output=jsonpath={.items[*].metadata.uid}';
  return (await suite.kubectl('get', 'pods', '--selector=app=mlops-server', output)).split(' ').sort();
}

function switchTo(version: string): Promise<string> {
  return suite.kubectl('patch', 'service/mlops-server-svc', '--patch', JSON.stringify({ spec: { selector: { version } } }));
}

function expectMoved(scenario: string, parts: readonly Part[], from: string, to: string): void {
  const { lastAnswerMs } = countVersion(parts, from);
  const ofNew = parts.filter(({ kind }) => kind === 'fresh').map((part) => countVersion([part], from).lastAnswerMs);
  keepFigure(
    scenario,
    `last answer of ${from} ${Math.round(lastAnswerMs)} ms after the patch began, ${Math.round(Math.max(...ofNew))} ms on new connections`,
  );
  expect(lastAnswerMs).toBeLessThanOrEqual(LAST_OLD_ANSWER_MS);
  expect(countVersion(parts, to).answers).toBeGreaterThan(1000);
}

describe('F2-7, A-6: blue/green under traffic', () => {
  it('blue → green → blue moves all traffic by one patch, loses no request and recreates no pod', async () => {
    await suite.deploy('blue-green');
    const pods = await uids();
    expect(pods).toHaveLength(6);
    const traffic = await startTraffic(suite, SERVER);
    await traffic.requests(1000);
    for (const colour of ['green', 'blue']) {
      await traffic.phase(colour);
      await switchTo(colour);
      // So long that an answer after the limit would be seen.
      await traffic.lasted(LAST_OLD_ANSWER_MS + 5000);
    }
    const parts = await traffic.stop();
    const during = (name: string): Part[] => parts.filter(({ phase }) => phase === name);
    expectNothingFailed('blue → green → blue', parts);
    expect(versionsIn(during('start'))).toEqual(['0.1.0']);
    expectMoved('blue → green', during('green'), '0.1.0', '0.3.0');
    expectMoved('green → blue', during('blue'), '0.3.0', '0.1.0');
    expect(await uids()).toEqual(pods);
  });
});
