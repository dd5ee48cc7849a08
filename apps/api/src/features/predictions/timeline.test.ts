import { describe, expect, it } from 'vitest';
import { summarizeTimeline } from './timeline.ts';

const query = { from: new Date('2026-03-01T00:00:00Z'), periods: 3, periodMs: 3_600_000 };
const count = (period: number, version: string | null, predictions: number, judged = 0, correct = 0) => {
  return { period, version, predictions, judged, correct };
};

describe('summarizeTimeline', () => {
  it('has each piece, with the accuracy over all versions and the counts of each', () => {
    const { periods, ...span } = summarizeTimeline(query, [count(1, '1', 10, 4, 3), count(1, '2', 30, 6, 6)]);
    expect(span).toEqual({ from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T03:00:00.000Z', period_seconds: 3600 });
    expect(periods.map(({ start, predictions }) => [start, predictions])).toEqual([
      ['2026-03-01T00:00:00.000Z', 0],
      ['2026-03-01T01:00:00.000Z', 40],
      ['2026-03-01T02:00:00.000Z', 0],
    ]);
    expect(periods[0]).toMatchObject({ judged: 0, accuracy: null, by_version: [] });
    expect(periods[1]).toMatchObject({ judged: 10, correct: 9, accuracy: { estimate: 0.9 } });
    expect(periods[1]!.by_version.map(({ version }) => version)).toEqual(['2', '1']);
  });

  it('names the five busiest versions of a piece, and counts all', () => {
    const counts = Array.from({ length: 100 }, (_, n) => count(0, `0.0.${n}`, n + 1));
    const [first] = summarizeTimeline(query, counts).periods;
    expect(first!.predictions).toBe(5050);
    expect(first!.by_version.map(({ predictions }) => predictions)).toEqual([100, 99, 98, 97, 96]);
  });
});
