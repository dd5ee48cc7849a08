import { describe, expect, it } from 'vitest';
import type { VersionStatistics } from '../api/answers.ts';
import { judge } from './compare-versions.ts';

function version(name: string | null, estimate: number | null, low = 0, high = 1): VersionStatistics {
  const accuracy = estimate === null ? null : { estimate, low, high };
  return { version: name, predictions: 100, by_class: {}, judged: estimate === null ? 0 : 50, correct: 40, accuracy };
}

describe('judge', () => {
  it('calls a version best whose interval lies above those of all others', () => {
    const { best, verdict } = judge([version('1', 0.6, 0.5, 0.7), version('2', 0.9, 0.8, 0.95), version('3', 0.4, 0.3, 0.5)]);
    expect(best).toBe('2');
    expect(verdict).toMatch(
      /version "2" \(90\.0 %, 95 % interval 80\.0 % to 95\.0 %, 40 of 50\) is better than version "1".*"3"/,
    );
  });

  it('does not tell versions apart whose intervals overlap, whatever their estimates', () => {
    const { best, verdict } = judge([version('1', 0.7, 0.6, 0.8), version('2', 0.9, 0.8, 0.95)]);
    expect(best).toBeNull();
    expect(verdict).toContain('Not told apart: version "2"');
  });

  it('tells those that are worse from those that are not told apart', () => {
    const { best, verdict } = judge([version('1', 0.85, 0.75, 0.9), version('2', 0.9, 0.8, 0.95), version('3', 0.4, 0.3, 0.5)]);
    expect(best).toBeNull();
    expect(verdict).toMatch(/Not told apart: version "2".*version "1".* version "3" .* is worse than the first/);
  });

  it('has no verdict without feedback, or with feedback for one version only', () => {
    expect(judge([])).toEqual({ best: null, verdict: expect.stringContaining('no prediction of this span has feedback') });
    expect(judge([version('1', null), version('2', null)]).verdict).toContain('Nothing can be said');
    expect(judge([version('1', 0.9), version('2', null)])).toEqual({
      best: null,
      verdict: expect.stringContaining('Only version "1"'),
    });
  });

  it('names rows without a version', () => {
    expect(judge([version(null, 0.5, 0.4, 0.6), version('2', 0.9, 0.8, 0.95)]).verdict).toContain('better than version null');
  });
});
