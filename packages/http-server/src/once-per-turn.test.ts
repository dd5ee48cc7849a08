import { describe, expect, it } from 'vitest';
import { oncePerTurn } from './once-per-turn.ts';

describe('oncePerTurn', () => {
  it('makes one thing for all who ask together, and another for who asks later', async () => {
    let made = 0;
    const get = oncePerTurn(() => ++made);
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
    expect(await get()).toBe(2);
  });

  it('shows what was the case when it was asked for', async () => {
    let state = 'old';
    const get = oncePerTurn(() => state);
    const asked = get();
    state = 'new';
    expect(await asked).toBe('new');
  });

  it('fails for those who asked, and is tried again', async () => {
    let tries = 0;
    const get = oncePerTurn(() => {
      if (++tries === 1) throw new Error('not now');
      return 'made';
    });
    await expect(get()).rejects.toThrow('not now');
    expect(await get()).toBe('made');
  });
});
