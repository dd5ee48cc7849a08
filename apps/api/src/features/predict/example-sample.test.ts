import { samplesOf } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { exampleSample } from './example-sample.ts';

const MIXED = [
  [3, 'basic'],
  [20, 'premium'],
  [100, 'basic'],
];

describe('exampleSample', () => {
  it('is the first row where rows are open', () => {
    expect(exampleSample(MIXED, false)).toEqual([3, 'basic']);
  });

  it('is made of middle values where they are not: each plausible, together nobody’s', () => {
    expect(exampleSample(MIXED, true)).toEqual([20, 'basic']);
    const samples = samplesOf(loadIris());
    expect(samples.map(String)).not.toContain(String(exampleSample(samples, true)));
  });

  it('is none without rows', () => {
    expect([exampleSample([], true), exampleSample([], false)]).toEqual([undefined, undefined]);
  });
});
