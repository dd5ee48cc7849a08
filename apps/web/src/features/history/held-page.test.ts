import { describe, expect, it } from 'vitest';
import type { LoggedPrediction, PredictionPage } from '../../lib/api/types.ts';
import { holdPage } from './held-page.ts';

const NOON = Date.UTC(2026, 0, 1, 12);

/** A row of the log: the higher its number, the newer. */
function row(id: number, change: Partial<LoggedPrediction> = {}): LoggedPrediction {
  return {
    id: `${id}`,
    created_at: new Date(NOON + id * 1000).toISOString(),
    prediction: 'a',
    request_id: `request-${id}`,
    model: 'm',
    version: '1',
    features: { x: id },
    probabilities: { a: 0.75, b: 0.25 },
    instance: 'i',
    feedback: null,
    ...change,
  };
}

function page(ids: readonly number[], next_cursor: string | null = null): PredictionPage {
  return { predictions: ids.map((id) => row(id)), next_cursor };
}

const idsOf = (rows: readonly LoggedPrediction[]) => rows.map(({ id }) => Number(id));

describe('a page of the log that is being read', () => {
  it('stays as it is while newer predictions come, which are counted', () => {
    const { rows, fresh, olderCursor } = holdPage(page([3, 2, 1], '1'), page([5, 4, 3], '3'), 0);
    expect(idsOf(rows)).toEqual([3, 2, 1]);
    expect(fresh).toEqual({ count: 2, isMore: false });
    expect(olderCursor).toBe('1');
  });

  it('tells that there may be more where the newer ones fill a page', () => {
    expect(holdPage(page([3, 2, 1]), page([9, 8, 7]), 0).fresh).toEqual({ count: 3, isMore: true });
    expect(holdPage(page([]), page([]), 0).fresh).toEqual({ count: 0, isMore: false });
  });

  it('takes over what was told of a row meanwhile', () => {
    const latest = { predictions: [row(4), row(3, { feedback: 'b' })], next_cursor: null };
    expect(holdPage(page([3, 2]), latest, 0).rows.map(({ feedback }) => feedback)).toEqual(['b', null]);
  });
});

describe('the span', () => {
  it('cuts older rows off, and ends the way back', () => {
    const { rows, olderCursor } = holdPage(page([3, 2, 1], '1'), page([3, 2, 1], '1'), NOON + 2000);
    expect(idsOf(rows)).toEqual([3, 2]);
    expect(olderCursor).toBeUndefined();
  });

  it('leaves out a row that waited for the database, and goes on behind it', () => {
    const held = { predictions: [row(3), row(2, { created_at: new Date(NOON - 9000).toISOString() }), row(1)], next_cursor: '1' };
    const { rows, olderCursor } = holdPage(held, held, NOON);
    expect(idsOf(rows)).toEqual([3, 1]);
    expect(olderCursor).toBe('1');
  });

  it('of an empty page is empty', () => {
    expect(holdPage(page([]), page([]), NOON)).toMatchObject({ rows: [], olderCursor: undefined });
  });
});
