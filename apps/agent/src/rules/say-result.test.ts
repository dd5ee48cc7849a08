import { describe, expect, it } from 'vitest';
import { EN } from './phrases/en.ts';
import { FR } from './phrases/fr.ts';
import { sayResult } from './say-result.ts';

function explanation(explained: string | undefined, features: number, change = 0.1) {
  return {
    tool: 'explain-prediction',
    input: {},
    isError: false,
    isRefused: false,
    data: {
      prediction: 'yes',
      probabilities: { no: 0.2, yes: 0.8 },
      ...(explained !== undefined && { explained }),
      base: { no: 0.5, yes: 0.5 },
      contributions: Array.from({ length: features }, (_, index) => ({
        feature: `x${index}`,
        value: index,
        contributions: { no: -change * (index + 1), yes: change * (index + 1) },
      })),
    },
  };
}

describe('sayResult of an explanation', () => {
  it('tells probabilities and shares of votes in points', () => {
    expect(sayResult(explanation('probability', 2), EN)).toContain('it gives yes 50.0 % on average');
    expect(sayResult(explanation(undefined, 2), EN)).toContain('- x1 = 1: +20.0 points');
    expect(sayResult(explanation('share', 2), EN)).toContain('yes gets 50.0 % of its trees’ votes on average');
    expect(sayResult(explanation('share', 2), FR)).toContain('yes reçoit 50,0 % des votes de ses arbres en moyenne');
  });

  it('calls a margin log-odds, and nothing of it a probability or points', () => {
    const english = sayResult(explanation('margin', 2, 1.5), EN);
    expect(english).toContain('The model predicts yes (80.0 %).');
    expect(english).toContain('in log-odds: no probability. Over its reference samples it is +0.50 on average');
    expect(english).toContain('- x1 = 1: +3.00');
    expect(english).not.toContain('points');
    expect(sayResult(explanation('margin', 2, 1.5), FR)).toContain('- x1 = 1 : +3,00');
  });

  it('tells the ten features of many that count most, and how many more there are', () => {
    const lines = sayResult(explanation('margin', 60), EN).split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[1]).toBe('- x59 = 59: +6.00');
    expect(lines.at(-1)).toBe('- and 50 more that count less');
  });
});
