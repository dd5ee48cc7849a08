import { describe, expect, it } from 'vitest';
import type { Kind, KindReport } from '../probe/probe.ts';
import { shareOf } from './shares.ts';
import { countVersion, type Part, type Place, versionsIn } from './traffic.ts';

type Counts = Record<string, readonly [answers: number, lives: number, lastAnswerMs: number]>;

function part(place: Place, kind: Kind, counts: Counts): Part {
  const versions = Object.fromEntries(
    Object.entries(counts).map(([version, [answers, lives, lastAnswerMs]]) => [version, { answers, lives, lastAnswerMs }]),
  );
  const report: KindReport = { requests: 0, failed: 0, posts: 0, failures: [], longestGapMs: 0, versions };
  return { place, kind, phase: 'start', report };
}

const parts = [
  part('outside', 'fresh', { '0.1.0': [60, 60, 100], '0.2.0': [40, 40, 90] }),
  part('pod', 'fresh', { '0.1.0': [100, 100, 300] }),
  part('pod', 'keepAlive', { '0.1.0': [900, 9, 50], '0.2.0': [100, 1, 400] }),
];

describe('what the clients have counted', () => {
  it('is summed over places and kinds, and the last answer is the latest', () => {
    expect(countVersion(parts, '0.1.0')).toEqual({ answers: 1060, lives: 169, lastAnswerMs: 300 });
    expect(countVersion(parts, '0.3.0')).toEqual({ answers: 0, lives: 0, lastAnswerMs: 0 });
    expect(versionsIn(parts)).toEqual(['0.1.0', '0.2.0']);
  });

  it('gives a share of one kind, by answers or by the lives of connections', () => {
    expect(shareOf(parts, 'fresh', '0.2.0', 'answers')).toEqual({ percent: 20, of: 200 });
    expect(shareOf(parts, 'keepAlive', '0.2.0', 'lives')).toEqual({ percent: 10, of: 10 });
  });
});
