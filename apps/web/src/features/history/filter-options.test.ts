import { expect, it } from 'vitest';
import { filterOptions } from './filter-options.ts';

const counts = { predictions: 1, by_class: {}, judged: 0, correct: 0, accuracy: null };

it('versions come from the counts, in their order; classes from the model first', () => {
  const stats = {
    by_class: { old: 2, b: 1 },
    by_version: ['0.10.0', null, '0.9.0'].map((version) => ({ version, ...counts })),
  };
  expect(filterOptions({ version: '', prediction: '' }, ['a', 'b'], stats)).toEqual({
    versions: ['0.9.0', '0.10.0'],
    labels: ['a', 'b', 'old'],
  });
});

it('what an address chose can be seen and left, whatever it is', () => {
  expect(filterOptions({ version: 'gone', prediction: '<b>' }, [], undefined)).toEqual({ versions: ['gone'], labels: ['<b>'] });
});
