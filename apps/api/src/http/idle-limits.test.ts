import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { idleLimit } from './idle-limits.ts';

const request = (complete: boolean) => ({ complete }) as IncomingMessage;
const response = (writableFinished: boolean) => ({ writableFinished }) as ServerResponse;

describe('the idle limit of a connection', () => {
  it('is that between requests once the same request has been answered at two sweeps', () => {
    const answered = request(true);
    expect(idleLimit(answered, answered, response(true))).toBe(75_000);
  });

  it.each([
    ['whose body is still arriving', false, false],
    ['whose answer is not yet taken', true, false],
    ['that was answered before it had arrived', false, true],
  ])('is shorter for a request %s', (_what, complete, finished) => {
    const stalled = request(complete);
    expect(idleLimit(stalled, stalled, response(finished))).toBe(30_000);
  });

  it('is none for a connection in use, or one that has sent no request', () => {
    expect(idleLimit(request(true), request(true), response(true))).toBe(0);
    expect(idleLimit(undefined, request(true), response(true))).toBe(0);
    expect(idleLimit(undefined, undefined, undefined)).toBe(0);
  });
});
