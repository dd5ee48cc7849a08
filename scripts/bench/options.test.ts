import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (...argv: string[]) => readOptions(argv) as Exclude<ReturnType<typeof readOptions>, 'help'>;

describe('the options of the bench', () => {
  it('measures everything by default, with fewer rounds when quick, one part when asked', () => {
    expect(read().parts).toEqual(['http', 'cold-start', 'inference', 'web', 'mcp']);
    expect(read('--quick').effort.rounds).toBeLessThan(read().effort.rounds);
    expect(read('--quick').effort.coldStarts).toBeGreaterThanOrEqual(8);
    expect(read('--only', 'cold-start').parts).toEqual(['cold-start']);
  });

  it('measures a large log only where it is asked for', () => {
    expect(read('--only', 'log-size')).toMatchObject({ parts: ['log-size'], log: { rows: 10_000_000 } });
    expect(read('--only', 'log-size', '--rows', '200000', '--database', 'postgresql://db').log).toEqual({
      rows: 200_000,
      databaseUrl: 'postgresql://db',
    });
  });

  it('measures learning only where it is asked for, on the tables of a folder', () => {
    expect(read('--only', 'learning', '--tables', 'dir').learning).toEqual({ tables: 'dir', splits: 5, rounds: 3 });
    expect(read('--only', 'learning', '--quick').learning).toEqual({ tables: undefined, splits: 2, rounds: 1 });
    expect(readOptions(['--only', 'learning'], { LEARNING_TABLES: 'other' })).toMatchObject({ learning: { tables: 'other' } });
  });

  it.each([
    [['--only', 'htpp'], '--only must be one of http, cold-start, inference, web, mcp, log-size, learning, not "htpp"'],
    [['--fast'], "Unknown option '--fast'"],
    [['--rows', '5'], '--rows must be'],
    [['http'], 'Unexpected argument'],
  ])('refuses %j in one line', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });

  it('gives help', () => {
    expect(readOptions(['--help'])).toBe('help');
  });
});
