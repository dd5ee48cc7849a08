import { describe, expect, it, vi } from 'vitest';
import type { PredictionLog } from '../../dependencies.ts';
import { createTestApp } from '../../test-app.ts';
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
