import { describe, expect, it } from 'vitest';
import { isVersionName, versionName, versionNumber } from './version-name.ts';

describe('names of versions', () => {
  it('are numbers of four digits or more', () => {
    expect([versionName(1), versionName(9999), versionName(10_000)]).toEqual(['v0001', 'v9999', 'v10000']);
    expect([versionNumber('v0001'), versionNumber('v10000')]).toEqual([1, 10_000]);
  });

  it.each(['v1', 'v00001', 'V0001', 'v0001.json', 'churn-v3.json', '.v0001.x.tmp', '', 'v'])('%j is none', (name) => {
    expect(isVersionName(name)).toBe(false);
  });
});
