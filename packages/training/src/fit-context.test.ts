import { expect, it } from 'vitest';
import { balancedWeights } from './fit-context.ts';

it('balanced weights let all classes count the same, and all rows as many as there are', () => {
  const labels = Int32Array.of(0, 1, 1, 1, 2, 1, 1, 1);
  const weights = balancedWeights({ labels, classCount: 3 });
  expect([...weights]).toEqual([8 / 3, 8 / 18, 8 / 3]);
  expect(labels.reduce((sum, label) => sum + weights[label]!, 0)).toBeCloseTo(8, 12);
});
