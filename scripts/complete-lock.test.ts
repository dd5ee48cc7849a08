import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingPackages } from './complete-lock.ts';

const optionalDependencies = {
  '@tool/cli-darwin-arm64': '1.2.3',
  '@tool/cli-windows-64': '1.2.3',
  '@tool/cli-linux-x64': '1.2.3',
  nested: '1.0.0',
};

describe('missingPackages', () => {
  it('names the platforms that the lock lacks, each with its own system and processor', () => {
    const packages = {
      'node_modules/tool': { dev: true, optionalDependencies },
      'node_modules/@tool/cli-linux-x64': { version: '1.2.3' },
    };
    expect(missingPackages(packages)).toEqual({
      'node_modules/@tool/cli-darwin-arm64': { version: '1.2.3', optional: true, dev: true, os: ['darwin'], cpu: ['arm64'] },
      'node_modules/@tool/cli-windows-64': { version: '1.2.3', optional: true, dev: true, os: ['win32'] },
    });
  });

  it('finds nothing to add to the lock file of this repository, which names no download address', () => {
    const lock = readFileSync('package-lock.json', 'utf8');
    expect(missingPackages(JSON.parse(lock).packages)).toEqual({});
    expect(lock).not.toMatch(/"resolved": "(?!apps\/|packages\/)/);
  });
});
