import { expect, it } from 'vitest';
import { countLabels } from './class-counts.ts';

it('labels are counted in the order of the classes', () => {
  expect(countLabels(['b', 'a', 'none'], ['a', 'b', 'a', 'other'])).toEqual([1, 2, 0]);
  expect(countLabels(['toString'], [])).toEqual([0]);
});
