import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterIn } from './cluster.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { podsFor, setCanary, splitPods, switchTo } from './traffic.ts';

const SERVICE = 'kubectl get service mlops-server-svc';
const STABLE = 'kubectl get deployment mlops-server-stable';
const CANARY = 'kubectl get deployment mlops-server-canary';
const GREEN = 'kubectl get deployment mlops-server-green';
const replicas = (count: number) => ({ spec: { replicas: count }, status: {} });
const selecting = (selector: object) => ({ spec: { selector } });

describe('splitPods', () => {
  it.each([
    [4, 25, { stable: 3, canary: 1 }],
    [4, 50, { stable: 2, canary: 2 }],
    [4, 100, { stable: 0, canary: 4 }],
    [4, 0, { stable: 4, canary: 0 }],
    [10, 10, { stable: 9, canary: 1 }],
  ])('%i pods at %i %%: %j', (total, percent, expected) => {
    expect(splitPods(total, percent)).toEqual(expected);
  });

  it('loses no pod, and takes neither side’s last one unless all or none is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 0, max: 100 }), (total, percent) => {
        const { stable, canary } = splitPods(total, percent);
        expect(stable + canary).toBe(total);
        expect(canary === 0).toBe(percent === 0);
        expect(stable === 0).toBe(percent === 100);
      }),
    );
  });
});

describe('podsFor', () => {
  it.each([
    [25, 3, 4],
    [25, 5, 8],
    [10, 4, 10],
    [37, 4, 100],
    [0, 3, 3],
    [100, 3, 3],
  ])('%i %% of %i pods or more: %i', (percent, atLeast, expected) => {
    expect(podsFor(percent, atLeast)).toBe(expected);
  });
});

describe('setCanary', () => {
  it('F2-8: scales up first and waits, then down', async () => {
    const terminal = recordingTerminal({ [STABLE]: replicas(3), [CANARY]: replicas(1) });
    await setCanary(clusterIn(terminal, undefined), '50');
    expect(terminal.changes()).toEqual([
      'kubectl scale deployment/mlops-server-canary --replicas=2',
      'kubectl rollout status deployment/mlops-server-canary --timeout=400s',
      'kubectl scale deployment/mlops-server-stable --replicas=2',
      'kubectl rollout status deployment/mlops-server-stable --timeout=400s',
    ]);
    expect(terminal.said).toEqual(['2 of 4 pods: 50 % of new connections']);
  });

  it('F2-8: takes the canary out only once stable has its pods back', async () => {
    const terminal = recordingTerminal({ [STABLE]: replicas(0), [CANARY]: replicas(4) });
    await setCanary(clusterIn(terminal, 'mine'), '0');
    expect(terminal.changes()[0]).toBe('kubectl scale deployment/mlops-server-stable --replicas=4 --namespace mine');
    expect(terminal.changes()[2]).toBe('kubectl scale deployment/mlops-server-canary --replicas=0 --namespace mine');
  });

  it('tells that stable did not come up, and leaves the canary', async () => {
    const terminal = recordingTerminal({ [STABLE]: replicas(0), [CANARY]: replicas(4), 'kubectl rollout': null });
    await expect(setCanary(clusterIn(terminal, undefined), '0')).rejects.toThrow('rollout status');
    expect(terminal.changes().filter((line) => line.includes('scale'))).toHaveLength(1);
  });

  it('F2-8: tells the share that is reached, and how many pods would do', async () => {
    const terminal = recordingTerminal({ [STABLE]: replicas(3), [CANARY]: replicas(0) });
    await setCanary(clusterIn(terminal, 'mine'), '25');
    expect(terminal.said).toEqual([
      '1 of 3 pods: 33 % of new connections',
      '25 % takes 4 pods: kubectl scale deployment/mlops-server-stable --replicas=3 --namespace mine, then npm run k8s -- canary 25 again',
    ]);
  });

  it.each([
    [0, 0],
    [1, 0],
    [0, 1],
  ])('refuses to split %i and %i pods, and changes nothing', async (stable, canary) => {
    const terminal = recordingTerminal({ [STABLE]: replicas(stable), [CANARY]: replicas(canary) });
    await expect(setCanary(clusterIn(terminal, undefined), '25')).rejects.toThrow('at least 2, by npm run k8s -- deploy canary');
    expect(terminal.changes()).toEqual([]);
  });

  it.each(['x', '-1', '101', '12.5'])('refuses %j', async (share) => {
    await expect(setCanary(clusterIn(recordingTerminal(), undefined), share)).rejects.toThrow('whole number of percent');
  });

  it('says what to deploy first', async () => {
    await expect(setCanary(clusterIn(recordingTerminal(), undefined), '50')).rejects.toThrow('npm run k8s -- deploy canary');
  });
});

describe('switchTo', () => {
  it('F2-7: waits until every pod of the colour is Ready, then patches once', async () => {
    const terminal = recordingTerminal({ [SERVICE]: selecting({ app: 'mlops-server', version: 'blue' }), [GREEN]: replicas(3) });
    await switchTo(clusterIn(terminal, undefined), 'green');
    expect(terminal.changes()).toEqual([
      'kubectl rollout status deployment/mlops-server-green --timeout=400s',
      `kubectl patch service mlops-server-svc --patch '{"spec":{"selector":{"version":"green"}}}'`,
    ]);
  });

  it.each([
    ['another colour', 'red', { app: 'mlops-server', version: 'blue' }, 3, 'switch blue|green'],
    ['a Service that selects no version', 'green', { app: 'mlops-server' }, 3, 'deploy blue-green'],
    ['a colour that has no pods', 'green', { app: 'mlops-server', version: 'blue' }, 0, 'scaled to 0'],
  ])('refuses %s, and changes nothing', async (_what, colour, selector, count, message) => {
    const terminal = recordingTerminal({ [SERVICE]: selecting(selector), [GREEN]: replicas(count) });
    await expect(switchTo(clusterIn(terminal, undefined), colour)).rejects.toThrow(message);
    expect(terminal.changes()).toEqual([]);
  });
});
