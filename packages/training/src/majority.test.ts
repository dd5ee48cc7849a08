import { parseModel } from '@iris/model';
import { expect, it } from 'vitest';
import { fitMajority } from './majority.ts';
import { numericRows } from './test-rows.ts';

it('the model that looks at nothing gives each row the class shares, missing values or not', () => {
  const model = parseModel(fitMajority(numericRows([1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 1, 2])));
  for (const row of [
    [1, 2],
    [Number.NaN, 1e9],
  ]) {
    const { classIndex, classProbabilities } = model.predict(row);
    expect(classIndex).toBe(1);
    for (const [index, share] of [0.25, 0.5, 0.25].entries()) expect(classProbabilities[index]).toBeCloseTo(share, 12);
  }
});
