import type { VersionSummary } from '@iris/registry';
import { expect, it } from 'vitest';
import { nextVersion } from './next-version.ts';

const versions = (...names: string[]) => names.map((version) => ({ verdict: { candidate: { version } } }) as VersionSummary);

it.each([
  ['1.0.0', [], '1.0.1'],
  ['1.0.0', ['1.0.0', '1.0.1', '1.0.7', '1.1.9', '2.0.30'], '1.0.8'],
  ['0.1.9', ['0.1.9'], '0.1.10'],
  ['1.0.0-rc.1', ['1.0.0-rc.1'], '1.0.1'],
] as const)('after %s, with %j in the registry, comes %s', (current, known, next) => {
  expect(nextVersion(current, versions(...known))).toBe(next);
});

it('goes by the current model alone where a version’s verdict cannot be read', () => {
  expect(nextVersion('1.0.3', [{ name: 'v0001', isCurrent: true }])).toBe('1.0.4');
});
