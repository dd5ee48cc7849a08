import { describe, expect, it } from 'vitest';
import { sampleIds } from './sample-ids.ts';

describe('sampleIds', () => {
  it('are the request’s own for one sample, and numbered for several', () => {
    expect(sampleIds('a', 1)).toEqual(['a']);
    expect(sampleIds('a', 3)).toEqual(['a-0', 'a-1', 'a-2']);
  });

  it.each([undefined, null, ''])('are none without one: %s', (id) => {
    expect(sampleIds(id, 3)).toBeUndefined();
  });

  it('are never longer than an id may be', () => {
    expect(sampleIds('x'.repeat(200), 1)).toHaveLength(1);
    expect(sampleIds('x'.repeat(195), 10_000)!.at(-1)).toHaveLength(200);
    expect(() => sampleIds('x'.repeat(196), 10_000)).toThrow('at most 195 characters');
  });
});
