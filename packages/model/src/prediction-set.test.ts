import { describe, expect, it } from 'vitest';
import { predictionSet } from './prediction-set.ts';

describe('predictionSet', () => {
  it('holds each class that reaches its threshold', () => {
    expect(predictionSet([0.6, 0.3, 0.1], [0.5, 0.2, 0.2])).toEqual([0, 1]);
    expect(predictionSet([0.5, 0.5], [0.5, 0.5])).toEqual([0, 1]);
  });

  it('is never empty: the most probable class is in it, the first among equals', () => {
    expect(predictionSet([0.35, 0.4, 0.25], [0.5, 0.5, 0.5])).toEqual([1]);
    expect(predictionSet([0.4, 0.4, 0.2], [0.5, 0.5, 0.5])).toEqual([0]);
  });

  it('holds a class without a threshold of its own always', () => {
    expect(predictionSet([1, 0], [0.5, 0])).toEqual([0, 1]);
  });
});
