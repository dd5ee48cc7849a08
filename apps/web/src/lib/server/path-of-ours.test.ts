import { expect, it } from 'vitest';
import { pathOfOurs } from './path-of-ours.ts';

it.each([
  ['/history?prediction=a&limit=5', '/history?prediction=a&limit=5'],
  ['/', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/login', '/'],
  ['', '/'],
  [null, '/'],
])('of %j the log-in leads to %s', (path, expected) => {
  expect(pathOfOurs(path)).toBe(expected);
});
