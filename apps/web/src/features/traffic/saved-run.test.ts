import { describe, expect, it } from 'vitest';
import { changeRun, NEW_RUN, type Run } from './run.ts';
import { loadRun, saveRun } from './saved-run.ts';
import { roundOf } from './test-rounds.ts';

/** A browser's storage, as far as it is used. */
function storage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

const run: Run = changeRun(
  { ...NEW_RUN, running: true, rate: 5 },
  { type: 'round', at: 1, round: roundOf({ '0.1.0@a': 4, reset: 1 }) },
);

describe('an observation over a reload', () => {
  it('comes back as it was', () => {
    const kept = storage();
    saveRun(kept, run);
    expect(loadRun(kept)).toEqual(run);
  });

  it('leaves nothing behind when there is nothing to keep', () => {
    const kept = storage();
    saveRun(kept, run);
    saveRun(kept, NEW_RUN);
    expect(kept.items.size).toBe(0);
    expect(loadRun(kept)).toBeUndefined();
  });

  it.each(['', '{', 'null', '{"rate":1000,"ticks":[],"sent":0}', '{"rate":5,"ticks":7,"sent":0}'])(
    '%j is no observation',
    (text) => {
      expect(loadRun({ ...storage(), getItem: () => text })).toBeUndefined();
    },
  );

  it('does without a storage that is full', () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => saveRun(full, run)).not.toThrow();
  });
});
