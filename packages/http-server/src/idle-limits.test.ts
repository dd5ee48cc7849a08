import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { idleLimit } from './idle-limits.ts';

const answer = {} as ServerResponse;

describe('the idle limit of a connection', () => {
  it('is that between requests where nothing has been asked since the last look', () => {
    expect(idleLimit({ requests: 3, answer: undefined }, { requests: 3, answer: undefined })).toBe(75_000);
  });

  it('is shorter where the same answer is still in flight', () => {
    expect(idleLimit({ requests: 3, answer }, { requests: 3, answer })).toBe(30_000);
  });

  it('begins at the look that finds the answer ended', () => {
    expect(idleLimit({ requests: 3, answer }, { requests: 3, answer: undefined })).toBe(0);
  });

  it('is none for a connection in use, or one that has sent no request', () => {
    expect(idleLimit({ requests: 2, answer }, { requests: 3, answer: {} as ServerResponse })).toBe(0);
    expect(idleLimit(undefined, { requests: 1, answer })).toBe(0);
    expect(idleLimit({ requests: 0, answer: undefined }, { requests: 0, answer: undefined })).toBe(0);
  });
});
