import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../lib/api/client.ts';
import { explainedProblem, problemOf } from './chat-problems.ts';

describe('problemOf', () => {
  it('is the problem that was answered, and otherwise an answer that broke off', () => {
    const problem = new ApiProblem('AGENT_UNREACHABLE', 502, '');
    expect(problemOf(problem)).toBe(problem);
    expect(problemOf(new TypeError('network error')).code).toBe('BROKEN_OFF');
  });
});

describe('explainedProblem', () => {
  it.each([
    ['AGENT_UNREACHABLE', 'AGENT_UNREACHABLE'],
    ['TOOLS_UNAVAILABLE', 'TOOLS_UNAVAILABLE'],
    ['BODY_TOO_LARGE', 'CHAT_TOO_LONG'],
    ['CONVERSATION_TOO_LONG', 'CHAT_TOO_LONG'],
    ['VALIDATION_FAILED', 'CHAT_TOO_LONG'],
    ['INTERNAL', 'OTHER'],
    ['toString', 'OTHER'],
  ])('explains %s as %s', (code, explained) => {
    expect(explainedProblem(new ApiProblem(code, 500, ''))).toBe(explained);
  });
});
