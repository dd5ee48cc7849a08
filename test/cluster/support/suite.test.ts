import { describe, expect, it, type RunnerTask } from 'vitest';
import { hasUnrun } from './suite.ts';

const test = (state?: string, mode = 'run') => ({ type: 'test', mode, ...(state && { result: { state } }) });
const suiteOf = (tasks: object[], mode = 'run') => ({ type: 'suite', mode, tasks });
const unrun = (...tasks: object[]) => hasUnrun(tasks as unknown as RunnerTask[]);

describe('hasUnrun', () => {
  it('is of tests that should have run, at any depth, and have neither passed nor failed', () => {
    expect(unrun(test('pass'), suiteOf([test('fail')]))).toBe(false);
    expect(unrun(test('pass'), suiteOf([suiteOf([test()])]))).toBe(true);
    expect(unrun(test('skip'))).toBe(true);
  });

  it('is not of those that were left out', () => {
    expect(unrun(test(undefined, 'skip'), suiteOf([test(undefined, 'skip')], 'skip'))).toBe(false);
  });
});
