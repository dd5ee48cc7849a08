import { samplesOf } from '@iris/dataset';
import { describe, expect, it } from 'vitest';
import { collectFeedback } from './collect-feedback.ts';
import { BASE, judged, logOf } from './test-feedback.ts';

const SPAN = { from: new Date(0), to: new Date('2100-01-01') };
const ALL = { source: 1, all: 1 };

async function collect(rows: Parameters<typeof logOf>[0], shares = ALL) {
  const { dataset, ...taken } = await collectFeedback(logOf(rows), BASE, SPAN, shares);
  return { ...taken, dataset: { schema: dataset.schema, samples: samplesOf(dataset), labels: [...dataset.labels] } };
}

describe('collectFeedback', () => {
  it('takes what holds, in the order of its time, and accounts for each row of the log', async () => {
    const rows = [
      judged(2.5, 'yes', 'ada', 2),
      judged(0.5, 'no', 'bob', 1),
      judged(3.5, 'maybe', 'bob', 3),
      judged(900, 'yes', 'bob', 4),
    ];
    expect(await collect(rows)).toEqual({
      found: 4,
      sources: 2,
      leftOut: { 'unknown label': 1, 'far out of range': 1 },
      dataset: {
        schema: BASE.schema,
        samples: [
          [0.5, 'b'],
          [2.5, 'b'],
        ],
        labels: [0, 1],
      },
    });
  });

  it('leaves out both where the same features have two labels', async () => {
    const contradiction = [judged(2.5, 'yes', 'ada', 1), judged(2.5, 'no', 'bob', 2), judged(3.5, 'yes', 'ada', 3)];
    expect(await collect(contradiction)).toMatchObject({ leftOut: { contradictory: 2 }, dataset: { samples: [[3.5, 'b']] } });
  });

  it('lets no source contradict more rows of others than its share, however much it sends', async () => {
    const honest = Array.from({ length: 10 }, (_, n) => judged(2 + n / 10, 'yes', `honest-${n}`, n));
    const contradictions = honest.map((row, n) => ({ ...row, feedback: 'no', source: 'mallory', createdAt: new Date(n) }));
    const { leftOut, dataset } = await collect([...contradictions, ...honest], { source: 0.4, all: 3 });
    expect(leftOut).toEqual({ 'beyond the share of its source': 8, contradictory: 4 });
    expect(dataset.labels).toEqual(new Array(8).fill(1));
  });

  it('counts once what several sources tell', async () => {
    const rows = ['ada', 'bob', 'eve'].map((source, second) => judged(2.5, 'yes', source, second));
    expect(await collect(rows)).toMatchObject({ found: 3, leftOut: { 'known already': 2 }, dataset: { labels: [1] } });
  });

  it('takes no more of one source, and of all, than their shares of the trusted rows', async () => {
    const flood = Array.from({ length: 500 }, (_, n) => judged(2 + n / 1000, 'yes', 'mallory', n));
    expect(await collect(flood, { source: 0.4, all: 1 })).toMatchObject({
      leftOut: { 'beyond the share of its source': 498 },
      dataset: { samples: { length: 2 } },
    });
    const crowd = flood.map((row, n) => ({ ...row, source: `mallory-${n % 50}` }));
    const { sources, leftOut, dataset } = await collect(crowd, { source: 0.4, all: 0.6 });
    expect([sources, dataset.samples.length]).toEqual([3, 3]);
    expect(Object.keys(leftOut)).toContain('beyond the share of all feedback');
    expect(Object.values(leftOut).reduce((sum, rows) => sum + rows)).toBe(497);
  });

  it('finds nothing in an empty log', async () => {
    expect(await collect([])).toMatchObject({ found: 0, sources: 0, leftOut: {}, dataset: { samples: [] } });
  });
});
