import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../lib/api/client.ts';
import { changeRun, MAX_REQUESTS, NEW_RUN, nextRequests, type RunAction } from './run.ts';
import { roundOf } from './test-rounds.ts';

const round = (count: number, at = 0): RunAction => ({ type: 'round', at, round: roundOf({ '0.1.0@a': count - 1, reset: 1 }) });
const after = (...actions: readonly RunAction[]) => actions.reduce(changeRun, NEW_RUN);

describe('an observation', () => {
  it('counts answers and failures as requests', () => {
    const run = after({ type: 'start' }, round(20), round(20, 1000));
    expect(run).toMatchObject({ running: true, sent: 40 });
    expect(run.ticks.map(({ at }) => at)).toEqual([0, 1000]);
  });

  it('keeps what it has seen over a pause, and forgets it when reset', () => {
    const paused = after({ type: 'start' }, round(20), { type: 'pause' });
    expect(paused).toMatchObject({ running: false, sent: 20 });
    expect(changeRun(paused, { type: 'start' })).toMatchObject({ running: true, sent: 20 });
    expect(changeRun(paused, { type: 'reset' })).toEqual(NEW_RUN);
  });

  it('goes on when it is reset while it runs, at the same rate', () => {
    const run = after({ type: 'rate', rate: 50 }, { type: 'start' }, round(50), { type: 'reset' });
    expect(run).toEqual({ ...NEW_RUN, rate: 50, running: true });
  });

  it('ends at its bound: the last round is smaller, and it does not start again', () => {
    const full = after({ type: 'rate', rate: 50 }, { type: 'start' }, round(MAX_REQUESTS - 7));
    expect(nextRequests(full)).toBe(7);
    const over = changeRun(full, round(7));
    expect(over).toMatchObject({ running: false, sent: MAX_REQUESTS });
    expect(changeRun(over, { type: 'start' }).running).toBe(false);
    expect(changeRun(over, { type: 'reset' }).running).toBe(false);
  });

  it('tells the problem of a round until the next one comes', () => {
    const problem = new ApiProblem('CLIENT_UNREACHABLE', 0, '');
    const failed = after({ type: 'start' }, round(20), { type: 'problem', problem });
    expect(failed).toMatchObject({ running: true, sent: 20, problem });
    expect(changeRun(failed, round(20)).problem).toBeUndefined();
    expect(changeRun(failed, { type: 'pause' }).problem).toBeUndefined();
  });
});
