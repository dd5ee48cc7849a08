import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { chooseReferences } from './references.ts';

describe('chooseReferences', () => {
  it('takes all samples where there are up to a hundred', () => {
    const samples = [[1], [2], [3]];
    expect(chooseReferences(samples)).toEqual(samples);
    expect(chooseReferences([])).toEqual([]);
  });

  it('takes a hundred of more, each once, from every part of the file alike', () => {
    const { labels } = loadIris();
    const chosen = chooseReferences(Array.from(labels, (_, index) => [index])).map(([index]) => index as number);
    expect(new Set(chosen).size).toBe(100);
    const counts = [0, 1, 2].map((label) => chosen.filter((index) => labels[index] === label).length);
    expect(counts).toEqual([34, 33, 33]);
  });
});
