import type { WriterEvent } from '@iris/prediction-log';
import { describe, expect, it } from 'vitest';
import { createLogReporter, type LogReporter } from './log-reporter.ts';

/** A reporter, the lines that it says, and a clock turned by hand. */
function setUp() {
  const lines: [level: string, event: string, rows: number | undefined, text: string][] = [];
  const pending: (() => void)[] = [];
  const say = (level: string) => (facts: { event: string; rows?: number }, text: string) =>
    void lines.push([level, facts.event, facts.rows, text]);
  const schedule = (callback: () => void) => {
    pending.push(callback);
    return () => undefined;
  };
  const logger = { info: say('info'), warn: say('warn') } as unknown as Parameters<typeof createLogReporter>[0];
  const reporter: LogReporter = createLogReporter(logger, { now: () => 0, schedule });
  return { lines, reporter, passTime };
  function passTime(): void {
    for (const callback of pending.splice(0)) callback();
  }
}

describe('the log of a change of state', () => {
  it.each<[WriterEvent, string, string, string]>([
    [{ kind: 'away', reason: 'wrong password' }, 'warn', 'away', 'the prediction log is away and rows wait: wrong password'],
    [{ kind: 'back', awayMs: 6000 }, 'info', 'back', 'the prediction log is back'],
    [{ kind: 'dropped', rows: 1000, reason: 'memory is full' }, 'warn', 'dropped', 'predictions are lost: memory is full'],
    [
      { kind: 'set-aside', rows: 1, reason: 'NUL' },
      'warn',
      'set_aside',
      'predictions are set aside, which the log can never keep: NUL',
    ],
    [{ kind: 'spool-failing', reason: 'disk full' }, 'warn', 'spool_failing', 'the spool of the prediction log fails: disk full'],
    [{ kind: 'spool-back' }, 'info', 'spool_back', 'the spool of the prediction log takes rows again'],
  ])('%o is one line', (event, level, name, text) => {
    const { lines, reporter } = setUp();
    reporter.onEvent(event);
    expect(lines).toEqual([[level, `prediction_log_${name}`, 'rows' in event ? event.rows : undefined, text]]);
  });

  it('says the first loss at once, and the sum of those that follow it later', () => {
    const { lines, reporter, passTime } = setUp();
    for (const rows of [1000, 200, 30]) reporter.onEvent({ kind: 'dropped', rows, reason: 'memory is full' });
    expect(lines.map(([, , rows]) => rows)).toEqual([1000]);
    passTime();
    expect(lines.map(([, , rows]) => rows)).toEqual([1000, 230]);
    passTime();
    passTime();
    expect(lines).toHaveLength(2);
    reporter.onEvent({ kind: 'dropped', rows: 4, reason: 'memory is full' });
    expect(lines).toHaveLength(3);
  });
});
