/** The commands of `npm run k8s`, typed one after the other while clients ask. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OURS } from '../../../scripts/k8s/strategy.ts';
import { ROOT } from '../../repository.ts';
import { nodePortUrl } from '../support/folders.ts';
import { useSuite } from '../support/suite.ts';
import { expectNothingFailed, type Part, SERVER, startTraffic, versionsIn } from '../support/traffic.ts';
import { until } from '../support/until.ts';

const suite = useSuite('cli');
const run = promisify(execFile);
/** A deploy waits for new pods, and for the end of those that they replace. */
const COMMAND_MS = 300_000;
const SCENARIO_MS = 900_000;
/** Pods that a ReplicaSet made while it was being deleted have their grace period. */
const GONE_MS = 120_000;
const KINDS = 'deployments,replicasets,pods,services,configmaps,networkpolicies,serviceaccounts,pdb';

/** Runs a command in the namespace and returns what it printed; one that does not end with 0 fails the test. */
async function k8s(...words: string[]): Promise<string> {
  const args = ['scripts/k8s/main.ts', ...words, '--namespace', suite.namespace];
  return (await run(process.execPath, args, { cwd: ROOT, timeout: COMMAND_MS })).stdout;
}

async function isClean(): Promise<true | undefined> {
  return (await suite.kubectl('get', KINDS, `--selector=${OURS}`, '--output=name')) === '' || undefined;
}

// The commands apply the folders as they are, with the course's node ports.
describe.runIf(nodePortUrl(30800) === 'http://127.0.0.1:30800')('P5-8: the commands of the CLI', () => {
  it('go from strategy to strategy without a failed request, and leave nothing', { timeout: SCENARIO_MS }, async () => {
    await k8s('deploy', 'rolling');
    const traffic = await startTraffic(suite, SERVER);
    const under = async (...words: string[]): Promise<string> => {
      await traffic.phase(words.join(' '));
      const said = await k8s(...words);
      await traffic.requests(1000);
      return said;
    };
    await under('deploy', 'blue-green');
    await under('switch', 'green');
    await under('deploy', 'canary');
    expect(await under('canary', '50')).toContain('2 of 4 pods: 50 % of new connections');
    expect(await under('canary', '0')).toContain('0 of 4 pods: 0 % of new connections');
    expect(await under('test', 'canary')).toContain('POST /predict → 200');
    const parts = await traffic.stop();
    const during = (phase: string): Part[] => parts.filter((part) => part.phase === phase);
    expectNothingFailed('rolling → blue/green → canary by the CLI', parts);
    // Green, 0.3.0, gets nothing before the switch.
    expect(versionsIn(during('deploy blue-green'))).toEqual(['0.1.0']);
    expect(versionsIn(during('switch green'))).toContain('0.3.0');
    expect(versionsIn(during('canary 50'))).toContain('0.2.0');

    await k8s('clean');
    await until('nothing of ours', isClean, GONE_MS);
  });
});
