import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { commitOf, readGitCommit } from './source-revision.ts';

const COMMIT = 'be2e5a8c0ffee0123456789abcdef0123456789a';

it('readGitCommit gives the commit of a checkout, and nothing elsewhere', async () => {
  expect(await readGitCommit(import.meta.dirname)).toMatch(/^[0-9a-f]{40}$/);
  expect(await readGitCommit(tmpdir())).toBeUndefined();
});

it.each([
  [COMMIT, COMMIT],
  [`${COMMIT}-dirty`, COMMIT],
  ['development', undefined],
  ['unknown', undefined],
  [undefined, undefined],
])('commitOf reads of an image’s BUILD %s the commit %s', (build, commit) => {
  expect(commitOf(build)).toBe(commit);
});
