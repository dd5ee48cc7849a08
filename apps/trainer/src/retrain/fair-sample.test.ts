import { describe, expect, it } from 'vitest';
import { FairSample, fairQuota } from './fair-sample.ts';
import type { FeedbackRow } from './feedback-rules.ts';
import { feedbackRow } from './test-feedback.ts';

function sampleOf(rows: readonly FeedbackRow[], perSource: number, total: number) {
  const sample = new FairSample({ perSource, total });
  for (const row of rows) sample.add(row);
  const taken = sample.take();
  const { repeated, beyondSource, beyondTotal } = sample;
  return { taken, repeated, beyondSource, beyondTotal };
}

const of = (source: string | null, count: number) => Array.from({ length: count }, (_, n) => feedbackRow(n, source, n));
const countsOf = (rows: readonly FeedbackRow[]) => {
  const counts: Record<string, number> = {};
  for (const { source } of rows) counts[String(source)] = (counts[String(source)] ?? 0) + 1;
  return counts;
};

describe('FairSample', () => {
  it('takes the newest of each source, oldest first, and counts the others', () => {
    const { taken, beyondSource } = sampleOf([...of('ada', 50), ...of('bob', 2)], 3, 100);
    expect(taken.map(({ source, sample }) => [source, sample[0]])).toEqual([
      ['bob', 0],
      ['bob', 1],
      ['ada', 47],
      ['ada', 48],
      ['ada', 49],
    ]);
    expect(beyondSource).toBe(47);
  });

  it('takes rows without a source as those of one source', () => {
    expect(sampleOf(of(null, 50), 3, 100).taken).toHaveLength(3);
  });

  it('counts the same features and label of one source once', () => {
    const rows = [feedbackRow(1, 'ada', 0), feedbackRow(1, 'ada', 5), feedbackRow(1, 'ada', 3), feedbackRow(1, 'bob', 0)];
    const { taken, repeated } = sampleOf(rows, 3, 100);
    expect(taken.map(({ source, createdAt }) => [source, createdAt.getUTCSeconds()])).toEqual([
      ['bob', 0],
      ['ada', 5],
    ]);
    expect(repeated).toBe(2);
  });

  it('leaves who says little their rows where there are too many, and gives all others the same', () => {
    const { taken, beyondSource, beyondTotal } = sampleOf(
      [...of('mallory', 90), ...of('ada', 2), ...of('bob', 40), ...of('eve', 70)],
      50,
      20,
    );
    expect(countsOf(taken)).toEqual({ ada: 2, bob: 6, eve: 6, mallory: 6 });
    expect(beyondSource + beyondTotal).toBe(90 + 2 + 40 + 70 - 20);
  });

  it('takes one row each of the sources with the newest ones where there are more sources than rows to take', () => {
    const rows = Array.from({ length: 100 }, (_, n) => feedbackRow(n, `source-${n}`, n));
    const { taken, beyondTotal } = sampleOf(rows, 5, 10);
    expect(taken.map(({ sample }) => sample[0])).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(beyondTotal).toBe(90);
  });

  it('takes nothing where nothing may be taken', () => {
    expect(sampleOf(of('ada', 50), 0, 100).taken).toEqual([]);
    expect(sampleOf(of('ada', 50), 10, 0).taken).toEqual([]);
  });

  it('takes the same rows in whatever order they come', () => {
    const rows = [...of('ada', 30), ...of('bob', 9), ...of(null, 14), ...of('eve', 3)];
    const forward = sampleOf(rows, 8, 20);
    const backward = sampleOf(rows.toReversed(), 8, 20);
    const shuffled = sampleOf(
      rows.map((_, n) => rows[(n * 17) % rows.length]!),
      8,
      20,
    );
    expect(backward.taken).toEqual(forward.taken);
    expect(shuffled.taken).toEqual(forward.taken);
  });

  it('holds no more than about twice what it takes', () => {
    const sample = new FairSample({ perSource: 1000, total: 50 });
    for (let n = 0; n < 20_000; n++) sample.add(feedbackRow(n, `source-${n % 500}`, n));
    expect(sample.held).toBeLessThanOrEqual(100);
  });
});

describe('fairQuota', () => {
  it.each([
    [[5, 5, 5], 15, 5],
    [[5, 5, 5], 14, 4],
    [[1, 1, 100], 12, 10],
    [[3, 3], 1, 0],
    [[], 10, 10],
  ])('of %j at most %i together is %i each', (sizes, total, quota) => {
    expect(fairQuota(sizes, total)).toBe(quota);
  });
});
