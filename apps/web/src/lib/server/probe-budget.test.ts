import { describe, expect, it } from 'vitest';
import { createProbeBudget } from './probe-budget.ts';

describe('the budget of probes', () => {
  it('grants what is left, and a second later as much again, whoever asks', () => {
    let now = 0;
    const grant = createProbeBudget(() => now, 100);
    expect([grant(50), grant(40), grant(50), grant(1)]).toEqual([50, 40, 10, 0]);
    now = 250;
    expect(grant(50)).toBe(25);
    now = 1250;
    expect([grant(50), grant(50), grant(50)]).toEqual([50, 50, 0]);
  });

  it('saves nothing up: after an hour without viewers it is one second’s', () => {
    let now = 0;
    const grant = createProbeBudget(() => now, 10);
    now = 3_600_000;
    expect(grant(50)).toBe(10);
  });
});
