import { platform } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { peakMemoryMib } from './support/memory.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const BATCHES = 100;
/** Ten times what a pod's heap would hold if all batches were read at once. */
const HEAP_MIB = 64;

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
  });
});
afterAll(() => api.terminate());

describe(`${BATCHES} batches of 10,000 samples at once, in a heap of ${HEAP_MIB} MiB`, () => {
  it('are answered, or shed with a clean 503 and Retry-After; the process goes on', async () => {
    const body = { instances: Array(10_000).fill(SETOSA) };
    const responses = await Promise.all(Array.from({ length: BATCHES }, () => api.post('/predict/batch?log=false', body)));
    const shed = responses.filter(({ status }) => status === 503);
    for (const response of shed) {
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({ status: 503, code: 'OVERLOADED' });
    }
    const answered = responses.filter(({ status }) => status === 200);
    for (const response of answered)
      expect(((await response.json()) as { predictions: object[] }).predictions).toHaveLength(10_000);
    expect(answered.length).toBeGreaterThan(0);
    expect(shed.length).toBeGreaterThan(0);
    expect(answered.length + shed.length).toBe(BATCHES);
    expect(await api.send('/predict', SETOSA)).toMatchObject({ prediction: 'setosa' });
  });

  // The kernel's count is Linux's alone; the answers above are asked for everywhere.
  it.runIf(platform() === 'linux')('keep memory flat', async () => {
    const peak = await peakMemoryMib(api.pid);
    expect(peak).toBeLessThan(256);
  });
});
