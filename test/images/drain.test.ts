import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startLoad } from '../e2e/support/no-retry-client.ts';
import { startForTest } from './support/container.ts';
import { docker } from './support/docker.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const DRAIN_MS = 2000;
/** Time after SIGTERM in which new connections still reach the old container, as they do while endpoints spread in a cluster. */
const ENDPOINT_LAG_MS = 500;

it('docker stop ends a server under load within its drain, with exit code 0 and no failed request, while another takes over', async () => {
  const environment = { DRAIN_MS: `${DRAIN_MS}` };
  const [old, next] = await Promise.all(
    ['mlops-server:0.1.0', 'mlops-server:0.2.0'].map((image) => startForTest({ image, environment })),
  );
  let { port } = old!;
  const load = startLoad({ port: () => port, clients: 40, path: '/predict', body: () => SETOSA });
  await expect.poll(() => load.result.answered).toBeGreaterThan(1000);

  const stoppedAt = performance.now();
  const stopped = docker('stop', '--time', '30', old!.id);
  await sleep(ENDPOINT_LAG_MS);
  ({ port } = next!);
  await stopped;
  expect(performance.now() - stoppedAt).toBeLessThan(DRAIN_MS + 3000);
  expect((await old!.inspect()).State).toMatchObject({ ExitCode: 0, OOMKilled: false });

  const before = load.result.answered;
  await expect.poll(() => load.result.answered).toBeGreaterThan(before + 500);
  expect((await load.stop()).failures).toEqual([]);
});
