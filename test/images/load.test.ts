import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Container, startContainer } from './support/container.ts';
import type { Answer } from './support/kept-connection.ts';
import { type OpenLoopResult, percentile, runOpenLoop } from './support/open-loop.ts';

/** Length of each load; the requirement is the default. */
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const SECONDS = Number(process.env.IRIS_LOAD_SECONDS || 60);
const CAPACITY_SECONDS = 10;
const SHARE_OF_CAPACITY = 0.8;
const PATH = '/predict';
const BODY = JSON.stringify({ sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 });
/** Clients that find out how much can be answered. */
const CONNECTIONS = 500;
/** Most connections of the steady load: enough for what is due while the container's share of the processor, 50 of each 100 ms, is used up. */
const STEADY_CONNECTIONS = 950;
/** Ten times the load comes from ten times as many clients. */
const CROWD = 10 * CONNECTIONS;

let api: Container;
let address: { host: string; port: number };
let perSecond: number;

beforeAll(async () => {
  const limits = ['--memory', '128m', '--memory-swap', '128m', '--cpus', '0.5'];
  api = await startContainer({ image: 'mlops-server:0.1.0', options: limits });
  address = await api.address();
});
afterAll(() => api?.remove());

function load(rate: number, seconds: number, connections: number): Promise<OpenLoopResult> {
  return runOpenLoop({ ...address, path: PATH, body: BODY, perSecond: rate, seconds, connections, accepts: isCleanRefusal });
}

/** 503 as the API documents it: a problem with a code, and when to try again. */
function isCleanRefusal({ status, head, body }: Answer): boolean {
  const isProblem = /^content-type: application\/problem\+json/im.test(head) && /^retry-after: 1\r?$/im.test(head);
  return status === 503 && isProblem && JSON.parse(body).code === 'OVERLOADED';
}

async function report(what: string, { answered, failed, heldBack, latencies }: OpenLoopResult): Promise<void> {
  // Of control groups version 2, or 1.
  const peak = await api.exec(
    'bash',
    '-c',
    'cat /sys/fs/cgroup/memory.peak /sys/fs/cgroup/memory/memory.max_usage_in_bytes 2>/dev/null; true',
  );
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(latencies, share).toFixed(1));
  const counts = `${JSON.stringify(answered)}, ${failed} failed, ${heldBack} held back`;
  console.info(
    `${what}: ${counts}; of 200s p50 ${p50} ms, p99 ${p99} ms; peak memory ${(Number(peak.split('\n')[0]) / 2 ** 20).toFixed(0)} MiB`,
  );
}

describe('the server in 128 MiB and half a core', { timeout: (SECONDS + 60) * 1000 }, () => {
  it('has a capacity', async () => {
    // Before it is measured, the code is compiled.
    await load(Number.POSITIVE_INFINITY, CAPACITY_SECONDS / 2, CONNECTIONS);
    const result = await load(Number.POSITIVE_INFINITY, CAPACITY_SECONDS, CONNECTIONS);
    await report(`capacity, ${CONNECTIONS} connections, ${CAPACITY_SECONDS} s`, result);
    expect(result.failures).toEqual([]);
    perSecond = SHARE_OF_CAPACITY * (result.answered[200]! / CAPACITY_SECONDS);
    expect(perSecond).toBeGreaterThan(100);
  });

  it(`answers ${SHARE_OF_CAPACITY * 100} % of it for ${SECONDS} s without a failed or refused request`, async () => {
    const result = await load(perSecond, SECONDS, STEADY_CONNECTIONS);
    await report(`${perSecond.toFixed(0)} a second, ${SECONDS} s`, result);
    expect(result.failures).toEqual([]);
    expect(Object.keys(result.answered)).toEqual(['200']);
    // What was due while no connection was free was not sent: most must have been, or this was another load than it says.
    expect(result.answered[200]).toBeGreaterThan(0.9 * perSecond * SECONDS);
  });

  it(`answers what it can of ten times that for ${SECONDS} s, and refuses the rest with a clean 503`, async () => {
    const result = await load(10 * perSecond, SECONDS, CROWD);
    await report(`${(10 * perSecond).toFixed(0)} a second, ${SECONDS} s`, result);
    expect(result.failures).toEqual([]);
    expect(result.answered[200]).toBeGreaterThan(0.1 * perSecond * SECONDS);
    expect(result.answered[503]).toBeGreaterThan(0);
  });

  it('is the same process afterwards, and predicts', async () => {
    const { RestartCount, State } = await api.inspect();
    expect({ RestartCount, ...State }).toMatchObject({ RestartCount: 0, Running: true, OOMKilled: false });
    await expect.poll(() => api.post(PATH, JSON.parse(BODY))).toMatchObject({ prediction: 'setosa' });
  });
});
