import { wilsonInterval } from '@iris/prediction-log/wilson-interval';
import { describe, expect, it } from 'vitest';
import { bandsOf, failureTotals, instanceTotals, versionsOf, versionTotals } from './series.ts';
import { ticksOf } from './test-rounds.ts';

/** A canary of one instance in four, and an instance that dies. */
const canary = ticksOf(
  { '0.1.0@a': 5, '0.1.0@b': 5, '0.1.0@c': 5, '0.2.0@d': 5 },
  { '0.1.0@a': 10, '0.1.0@b': 5, '0.2.0@d': 3, reset: 1, 'HTTP 503': 1 },
  { '0.1.0@a': 10, '0.1.0@b': 8, refused: 2 },
);

describe('totals', () => {
  it('by version: share of the answers with its interval, in the order of first appearance', () => {
    const totals = versionTotals(canary);
    expect(totals.map(({ version, model, count }) => [version, model, count])).toEqual([
      ['0.1.0', 'rf', 48],
      ['0.2.0', 'rf', 8],
    ]);
    expect(totals.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(totals[1]!.share).toBeCloseTo(8 / 56, 12);
    expect(totals[1]).toMatchObject(wilsonInterval(8, 56));
  });

  it('by version: what the last ten seconds say', () => {
    const ticks = ticksOf(...Array.from({ length: 30 }, (_, second) => (second < 15 ? { '0.1.0@a': 4 } : { '0.2.0@b': 4 })));
    expect(versionTotals(ticks).map(({ share, recent }) => [share, recent])).toEqual([
      [0.5, 0],
      [0.5, 1],
    ]);
    const silent = ticksOf({ '0.1.0@a': 4 }, ...Array.from({ length: 12 }, () => ({ refused: 4 })));
    expect(versionTotals(silent)[0]!.recent).toBeUndefined();
  });

  it('by instance: the busiest first, with every version that it answered', () => {
    const [first, ...others] = instanceTotals([...canary, ...ticksOf({ '0.3.0@a': 4 })]);
    expect(first).toMatchObject({ instance: 'a', count: 29, versions: [{ version: '0.1.0' }, { version: '0.3.0' }] });
    expect(others.map(({ instance, count }) => [instance, count])).toEqual([
      ['b', 18],
      ['d', 8],
      ['c', 5],
    ]);
  });

  it('of failures by kind', () => {
    expect(failureTotals(canary)).toEqual([
      { kind: 'refused', count: 2 },
      { kind: 'reset', count: 1 },
      { kind: 'HTTP 503', count: 1 },
    ]);
  });

  it('of nothing are nothing', () => {
    expect([versionTotals([]), instanceTotals([]), failureTotals([]), bandsOf([]), versionsOf([])]).toEqual([[], [], [], [], []]);
    const failing = ticksOf({ refused: 5 });
    expect([versionTotals(failing), instanceTotals(failing)]).toEqual([[], []]);
  });
});

describe('the chart', () => {
  it('fills each column from 0 to 1: versions in their order, failures on top', () => {
    const bands = bandsOf(canary);
    const columns = Map.groupBy(bands, ({ from }) => from);
    expect([...columns.keys()]).toEqual([0, 2000]);
    for (const column of columns.values()) {
      expect(column[0]!.low).toBe(0);
      expect(column.at(-1)!.high).toBeCloseTo(1, 12);
      column.slice(1).forEach((band, index) => {
        expect(band.low).toBe(column[index]!.high);
      });
    }
    expect(bands.map(({ series, count }) => [series, count])).toEqual([
      [0, 30],
      [1, 8],
      [-1, 2],
      [0, 18],
      [-1, 2],
    ]);
    expect(bands[0]).toEqual({ from: 0, to: 2000, series: 0, count: 30, low: 0, high: 0.75 });
  });

  it('has at most 90 columns, whatever the time, and none while it was paused', () => {
    for (const seconds of [1, 180, 181, 900, 3600]) {
      const ticks = ticksOf(...Array.from({ length: seconds }, () => ({ '0.1.0@a': 1 })));
      const columns = new Set(bandsOf(ticks).map(({ from }) => from));
      expect(columns.size).toBeGreaterThan(0);
      expect(columns.size).toBeLessThanOrEqual(90);
    }
    const [first, second] = ticksOf({ '0.1.0@a': 1 }, { '0.1.0@a': 1 });
    expect(bandsOf([first!, { ...second!, at: 60_000 }])).toHaveLength(2);
  });
});
