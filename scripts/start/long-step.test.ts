import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { longStep } from './long-step.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function linesOf(ms: number, end: 'done' | 'failed' | 'interrupted'): Promise<string[]> {
  const lines: string[] = [];
  const interruption = new AbortController();
  async function work(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (end === 'interrupted') interruption.abort();
    if (end === 'failed') throw new Error('no');
    return 'built';
  }
  const step = longStep('Building', work, { print: (line) => lines.push(line), interrupted: interruption.signal });
  const outcome = step.catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(ms);
  expect(await outcome).toBe(end === 'failed' ? 'no' : 'built');
  await vi.advanceTimersByTimeAsync(60_000);
  return lines;
}

describe('longStep', () => {
  it('says what begins, that it goes on, and when it is done', async () => {
    expect(await linesOf(25_000, 'done')).toEqual([
      'Building …',
      'Building: 10 s so far …',
      'Building: 20 s so far …',
      'Building: done in 25 s',
    ]);
  });

  it('says one line of what is quickly done', async () => {
    expect(await linesOf(500, 'done')).toEqual(['Building …']);
  });

  it('says nothing after a failure or an interrupt', async () => {
    expect(await linesOf(12_000, 'failed')).toEqual(['Building …', 'Building: 10 s so far …']);
    expect(await linesOf(3000, 'interrupted')).toEqual(['Building …']);
  });
});
