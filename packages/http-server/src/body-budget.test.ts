import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createBodyBudget } from './body-budget.ts';

const { reserve } = createBudget();

function createBudget() {
  const budget = createBodyBudget({ totalBytes: 200_000, bodyLimit: 100_000, isStreamed: () => false });
  return {
    /** Gives the response that holds the share, or undefined when there is none. */
    reserve(headers: IncomingMessage['headers']): EventEmitter | undefined {
      const response = new EventEmitter();
      const fits = budget.reserve({ headers } as IncomingMessage, response as ServerResponse);
      return fits ? response : undefined;
    },
  };
}

describe('createBodyBudget', () => {
  it('holds a body’s share until its response closes, and only once', () => {
    const first = reserve({ 'content-length': '100000' });
    const second = reserve({ 'content-length': '100000' });
    expect(reserve({ 'content-length': '20000' })).toBeUndefined();
    first?.emit('close');
    first?.emit('close');
    const third = reserve({ 'content-length': '100000' });
    expect(third).toBeDefined();
    expect(reserve({ 'content-length': '20000' })).toBeUndefined();
    for (const response of [second, third]) response?.emit('close');
  });

  it('counts no more of a body than is ever read, and a body of unknown length as the longest', () => {
    const budget = createBudget();
    expect(budget.reserve({ 'content-length': '99999999999' })).toBeDefined();
    expect(budget.reserve({ 'transfer-encoding': 'chunked' })).toBeDefined();
    expect(budget.reserve({ 'transfer-encoding': 'chunked' })).toBeUndefined();
  });

  it('lets small bodies and requests without one in, however full it is', () => {
    const budget = createBudget();
    for (let count = 0; count < 2; count++) budget.reserve({ 'transfer-encoding': 'chunked' });
    for (const headers of [{}, { 'content-length': '0' }, { 'content-length': '16384' }])
      expect(budget.reserve(headers)).toBeDefined();
  });

  it('counts a stream as what it holds at a time, however long it is', () => {
    const { reserve: fits } = createBodyBudget({ totalBytes: 200_000, bodyLimit: 100_000, isStreamed: () => true });
    const stream = { headers: { 'transfer-encoding': 'chunked' } } as IncomingMessage;
    const streams = Array.from({ length: 4 }, () => fits(stream, new EventEmitter() as ServerResponse));
    expect(streams).toEqual([true, true, true, false]);
  });

  it('lets a single body in that is larger than the whole budget', () => {
    const budget = createBodyBudget({ totalBytes: 20_000, bodyLimit: 100_000, isStreamed: () => false });
    const request = { headers: { 'content-length': '100000' } } as unknown as IncomingMessage;
    expect(budget.reserve(request, new EventEmitter() as ServerResponse)).toBe(true);
    expect(budget.reserve(request, new EventEmitter() as ServerResponse)).toBe(false);
  });
});
