import { expect, it } from 'vitest';
import { humanize } from './names.ts';

it.each([
  ['sepal_length', 'Sepal length'],
  ['ph', 'Ph'],
  ['avg-session_minutes', 'Avg session minutes'],
  ['', ''],
])('%s reads %s', (name, shown) => {
  expect(humanize(name)).toBe(shown);
});
