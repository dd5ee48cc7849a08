import { expect, it } from 'vitest';
import { judgedVersions } from './judged-versions.ts';

it('a version without feedback has no accuracy, one without a name is named so', () => {
  const accuracy = { estimate: 0.5, low: 0.2, high: 0.8 };
  const counts = { predictions: 9, by_class: { a: 9 }, correct: 2 };
  const versions = [
    { version: null, judged: 4, accuracy, ...counts },
    { version: '2', judged: 0, accuracy: null, ...counts },
    { version: '3', judged: 4, accuracy, ...counts },
  ];
  expect(judgedVersions(versions, 'unnamed')).toEqual([
    { version: 'unnamed', judged: 4, ...accuracy },
    { version: '3', judged: 4, ...accuracy },
  ]);
});
