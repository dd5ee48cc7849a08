import { describe, expect, it } from 'vitest';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

const ROW = /^\| ((?:F2|P5|L6|A|F3)-\d+) \| (built|in part|open) \| /gm;
const CITATION = /\b(?:F2|P5|L6|A|F3)-\d+\b/g;

const states = new Map([...readRepositoryFile('docs/requirements.md').matchAll(ROW)].map(([, id, state]) => [id!, state!]));
const citations = new Map(
  repositoryFiles('*.test.ts')
    .filter((path) => path !== 'test/requirements.test.ts')
    .map((path) => [path, new Set(readRepositoryFile(path).match(CITATION) ?? [])] as const),
);
const cited = new Set([...citations.values()].flatMap((ids) => [...ids]));

describe('docs/requirements.md', () => {
  it('has a row for each behaviour of the five sources', () => {
    const counts = Object.groupBy(states.keys(), (id) => id.split('-')[0]!);
    expect(Object.fromEntries(Object.entries(counts).map(([source, ids]) => [source, ids?.length]))).toEqual({
      F2: 8,
      P5: 10,
      L6: 8,
      A: 6,
      F3: 7,
    });
  });

  it.each([...states].filter(([, state]) => state !== 'open'))('%s, %s, is cited by a test', (id) => {
    expect([...cited]).toContain(id);
  });

  it.each([...citations].filter(([, ids]) => ids.size > 0))('%s cites rows that exist and are not open', (_path, ids) => {
    for (const id of ids) expect(states.get(id), id).toMatch(/built|in part/);
  });
});
