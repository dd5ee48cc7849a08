import { loadIris } from '@iris/dataset/iris';
import { expect, it } from 'vitest';
import { orderedValues } from './ordered-values.ts';

it('values stand in the order of the features, whatever order a database gives back', () => {
  const values = { petal_width: 4, sepal_length: 1, petal_length: 3, sepal_width: 2 };
  expect(orderedValues(values, loadIris().schema).map(([, value]) => value)).toEqual([1, 2, 3, 4]);
});

it('values of another model are shown too, and a feature that was not kept is not', () => {
  const values = { region: 'EU', sepal_width: 2 };
  expect(orderedValues(values, loadIris().schema)).toEqual([
    ['sepal_width', 2],
    ['region', 'EU'],
  ]);
  expect(orderedValues(values, undefined)).toEqual([
    ['region', 'EU'],
    ['sepal_width', 2],
  ]);
});
