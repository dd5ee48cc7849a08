import { describe, expect, it } from 'vitest';
import { CONDITION_MS } from './conditions.ts';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

/** A busy machine needs longer than anyone expects, and a condition that comes true costs none of it. */
const LEAST_MS = 20_000;

const files = repositoryFiles('*.test.ts', '*.test.tsx', 'test/**/*.ts').filter((path) => path !== 'test/conditions.test.ts');

/** The time limits that a file gives, as numbers or by the name of a constant of its own, in milliseconds. */
function limitsOf(source: string): number[] {
  const given = [...source.matchAll(/\btimeout: (\w+)/g)].map(([, value]) => value!);
  return given.map(function resolve(value): number {
    const name = source.match(new RegExp(`const ${value} = ([\\d_]+);`))?.[1];
    return Number((name ?? value).replaceAll('_', ''));
  });
}

describe('conditions that tests wait for', () => {
  it('have one limit, which every configuration of vitest takes', () => {
    expect(CONDITION_MS).toBeGreaterThanOrEqual(LEAST_MS);
    for (const path of ['vitest.config.ts', 'test/images/vitest.config.ts', 'test/cluster/vitest.config.ts'])
      expect(readRepositoryFile(path), path).toContain('expect: PATIENT_EXPECT');
  });

  it('have no limit of their own that is shorter', () => {
    const short = files.filter((path) => limitsOf(readRepositoryFile(path)).some((limit) => limit < CONDITION_MS));
    expect(short).toEqual([]);
  });

  it('are not left to vi.waitFor, whose one second no configuration changes', () => {
    const bare = files.filter((path) => /vi\.wait(For|Until)\(/.test(readRepositoryFile(path)));
    expect(bare.filter((path) => !readRepositoryFile(path).includes('timeout: CONDITION_MS'))).toEqual([]);
  });

  it('are awaited with this limit when nothing else is said', async () => {
    const from = performance.now();
    await expect.poll(() => performance.now() - from).toBeGreaterThan(1500);
  });
});
