import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { PredictionLog } from '../../dependencies.ts';
import { createTestApp, SETOSA } from '../../test-app.ts';
import { keepPace } from './pace.ts';

async function logWith(queued: number) {
  const { log } = await createTestApp();
  const writer = log!.writer;
  const flush = vi.spyOn(writer, 'flush');
  vi.spyOn(writer, 'stats').mockReturnValue({ ...writer.stats(), queued });
  return { log: log as PredictionLog, flush };
}

describe('keepPace', () => {
  it('waits for the log when many rows wait in it, and only then', async () => {
    const calm = await logWith(5000);
    await keepPace(calm.log);
    expect(calm.flush).not.toHaveBeenCalled();
    const busy = await logWith(5001);
    await keepPace(busy.log);
    expect(busy.flush).toHaveBeenCalledOnce();
  });

  it('does nothing without a log', async () => {
    await expect(keepPace(undefined)).resolves.toBeUndefined();
  });
});

const INSTANCES = new Array(100).fill(SETOSA);
const FLOWER = { inputs: [{ name: 'features', shape: [100, 4], datatype: 'FP64', data: INSTANCES.flatMap(Object.values) }] };

describe.each([
  ['/predict/batch', { instances: INSTANCES }],
  ['/invocations', { dataframe_records: INSTANCES }],
  ['/v2/models/iris/infer', FLOWER],
])('%s', (url, payload) => {
  it('takes no more rows than a slow log writes: clients that send faster wait', async () => {
    const { app, log } = await createTestApp();
    const { store, writer } = log!;
    const append = store.append.bind(store);
    let most = 0;
    // The log stands still until clients have reason to wait, and for long enough that those who do not would send much more.
    vi.spyOn(store, 'append').mockImplementationOnce(async (batch) => {
      await expect.poll(() => most).toBeGreaterThan(5000);
      await sleep(300);
      await append(batch);
    });
    async function send(batches: number): Promise<void> {
      for (let batch = 0; batch < batches; batch++) {
        expect((await app.inject({ method: 'POST', url, payload })).statusCode).toBe(200);
        most = Math.max(most, writer.stats().queued);
      }
    }
    await Promise.all(Array.from({ length: 16 }, () => send(12)));
    expect(most).toBeLessThanOrEqual(5000 + 16 * 100);
    await writer.flush();
    expect(writer.stats()).toMatchObject({ written: 16 * 12 * 100, dropped: 0, queued: 0 });
    await app.close();
  });

  it('waits for a log that hangs no longer than a second, and not at all for rows that are not logged', async () => {
    const { app, log } = await createTestApp();
    vi.spyOn(log!.store, 'append').mockReturnValue(new Promise(() => undefined));
    const send = async (path: string) => {
      const startedAt = performance.now();
      expect((await app.inject({ method: 'POST', url: path, payload })).statusCode).toBe(200);
      return performance.now() - startedAt;
    };
    for (let batch = 0; batch <= 50; batch++) await send(url);
    expect(log!.writer.stats().queued).toBeGreaterThan(5000);
    expect(await send(url)).toBeGreaterThan(990);
    expect(await send(`${url}?log=false`)).toBeLessThan(900);
    await app.close();
  });
});
