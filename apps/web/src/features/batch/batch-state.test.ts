import { describe, expect, it } from 'vitest';
import { type BatchAction, type BatchState, changeBatch, NO_FILE } from './batch-state.ts';
import type { FileSummary } from './summary.ts';

const SUMMARY: FileSummary = {
  rows: 10,
  valid: 9,
  faults: [],
  otherColumns: [],
  separator: ',',
  decimalSign: '.',
  encoding: 'utf-8',
};
const answers = (answered: number, refused = 0) => ({ answered, refused, byClass: [], byVersion: [] });
const failed = (status: number): BatchAction => ({
  type: 'end',
  outcome: { ended: 'failed', problem: { code: 'X', status, detail: 'why' } },
  answers: answers(4),
});
const opened: BatchAction = { type: 'open', name: 'a.csv', summary: SUMMARY };
const after = (...actions: readonly BatchAction[]) => actions.reduce(changeBatch, NO_FILE);
const scoringOf = (state: BatchState) => (state.phase === 'open' ? state.scoring : undefined);

describe('the state of a batch', () => {
  it('goes from a file that is read to one that is open, or refused', () => {
    const reading = after({ type: 'read', name: 'a.csv' });
    expect(reading).toEqual({ phase: 'reading', name: 'a.csv' });
    expect(changeBatch(reading, opened)).toMatchObject({ phase: 'open', summary: SUMMARY, scoring: { state: 'idle', done: 0 } });
    const refusal = { kind: 'empty' } as const;
    expect(changeBatch(reading, { type: 'refuse', name: 'a.csv', refusal })).toEqual({
      phase: 'refused',
      name: 'a.csv',
      refusal,
    });
  });

  it('follows the scoring to its end', () => {
    const running = after(opened, { type: 'start' }, { type: 'progress', done: 3 });
    expect(scoringOf(running)).toMatchObject({ state: 'running', done: 3 });
    const done = changeBatch(running, { type: 'end', outcome: { ended: 'done' }, answers: answers(8, 1) });
    expect(scoringOf(done)).toEqual({ state: 'done', done: 9, problem: undefined, answers: answers(8, 1) });
  });

  it.each([
    [0, 'waiting'],
    [503, 'waiting'],
    [502, 'waiting'],
    [400, 'stopped'],
    [404, 'stopped'],
  ])('a failure with status %i is %s', (status, state) => {
    const scoring = scoringOf(after(opened, { type: 'start' }, failed(status)));
    expect(scoring).toMatchObject({ state, done: 4, problem: { code: 'X', status, message: 'why' } });
  });

  it('the problem stays while it is tried again, and goes with the next answer', () => {
    const again = after(opened, { type: 'start' }, failed(503), { type: 'start' });
    expect(scoringOf(again)).toMatchObject({ state: 'running', problem: { code: 'X' } });
    expect(scoringOf(changeBatch(again, { type: 'progress', done: 5 }))?.problem).toBeUndefined();
  });

  it('what still comes of a file that was replaced changes nothing', () => {
    const reading = after(opened, { type: 'start' }, { type: 'read', name: 'b.csv' });
    expect(changeBatch(reading, { type: 'progress', done: 7 })).toBe(reading);
    expect(changeBatch(reading, failed(503))).toBe(reading);
  });
});
