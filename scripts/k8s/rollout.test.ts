import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cluster, clusterIn } from './cluster.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { waitForDeployment } from './rollout.ts';
import { CommandFailed } from './terminal.ts';

const STATUS = 'kubectl rollout status deployment/mlops-server';
const GAVE_UP = { status: { conditions: [{ reason: 'ProgressDeadlineExceeded' }] } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A cluster in which `rollout status` fails so many times. */
function failing(times: number, deployment: object): { cluster: Cluster; asked: () => number } {
  const cluster = clusterIn(recordingTerminal({ 'kubectl get deployment': deployment }), undefined);
  let asked = 0;
  const run = async () => {
    asked += 1;
    if (asked <= times) throw new CommandFailed(STATUS);
  };
  return { cluster: { ...cluster, run }, asked: () => asked };
}

describe('waitForDeployment', () => {
  it('asks once where all goes well', async () => {
    const terminal = recordingTerminal();
    await waitForDeployment(clusterIn(terminal, 'mine'), 'mlops-server');
    expect(terminal.lines).toEqual([`${STATUS} --timeout=400s --namespace mine`]);
  });

  it('does not believe a Deployment that gave up on the version before', async () => {
    const { cluster, asked } = failing(3, GAVE_UP);
    const waiting = waitForDeployment(cluster, 'mlops-server');
    await vi.advanceTimersByTimeAsync(5000);
    await waiting;
    expect(asked()).toBe(4);
  });

  it('believes it once this version has had its minute', async () => {
    const { cluster } = failing(Number.POSITIVE_INFINITY, GAVE_UP);
    const waiting = expect(waitForDeployment(cluster, 'mlops-server')).rejects.toThrow(STATUS);
    await vi.advanceTimersByTimeAsync(62_000);
    await waiting;
  });

  it('believes every other failure at once', async () => {
    const { cluster, asked } = failing(1, { status: {} });
    await expect(waitForDeployment(cluster, 'mlops-server')).rejects.toThrow(STATUS);
    expect(asked()).toBe(1);
  });
});
