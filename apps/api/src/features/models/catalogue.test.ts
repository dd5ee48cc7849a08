import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../errors.ts';
import { createReader } from './catalogue.ts';

describe('a reader of the registry', () => {
  it('answers and reports what the disk does not answer in time, and who asks meanwhile', async () => {
    const onFailure = vi.fn();
    const read = createReader(onFailure, 200);
    const disk = Promise.withResolvers<void>();
    const answers = await Promise.allSettled([read(() => disk.promise), read(async () => 'later')]);
    const late = expect.objectContaining({ code: 'REGISTRY_UNREADABLE', message: expect.stringContaining('in time') });
    expect(answers).toEqual(Array(2).fill({ status: 'rejected', reason: late }));
    expect(onFailure.mock.calls).toEqual([[late], [late]]);
    disk.resolve();
    await expect.poll(() => read(async () => 'again').catch(() => undefined)).toBe('again');
  });

  it('reports nothing of a question that has an answer, or is refused', async () => {
    const onFailure = vi.fn();
    const read = createReader(onFailure);
    expect(await read(async () => 1)).toBe(1);
    const refusal = new ApiError('REGISTRY_VERSION_UNKNOWN', 'The registry has no such version.');
    await expect(read(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(onFailure).not.toHaveBeenCalled();
  });
});
