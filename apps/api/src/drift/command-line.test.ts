import { SettingsError } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../command.ts';
import { parseCommandLine, readDriftSettings } from './command-line.ts';

const NOW = new Date('2026-01-31T12:00:00Z');
const at = (text: string) => new Date(text);

describe('parseCommandLine', () => {
  it.each([
    [[], { from: at('2026-01-30T12:00:00Z'), to: NOW }],
    [['--last', '90m'], { from: at('2026-01-31T10:30:00Z'), to: NOW }],
    [['--last', '7d', '--to', '2026-01-10'], { from: at('2026-01-03'), to: at('2026-01-10') }],
    [['--from', '2026-01-01T08:00:00+02:00'], { from: at('2026-01-01T06:00:00Z'), to: NOW }],
    [
      ['--from', '2026-01-01', '--to', '2026-01-02', '--model', 'rf', '--version', '2'],
      { from: at('2026-01-01'), to: at('2026-01-02'), model: 'rf', version: '2' },
    ],
  ])('reads the span and filters of %j', (argv, query) => {
    expect(parseCommandLine(argv, NOW)).toEqual({ query, minRows: undefined, json: false });
  });

  it('reads what else there is', () => {
    expect(parseCommandLine(['--min-rows', '10', '--json'], NOW)).toMatchObject({ minRows: 10, json: true });
    expect(parseCommandLine(['-h', '--last', '1h'], NOW)).toBeUndefined();
  });

  it.each([
    [['--last', '0h'], '--last'],
    [['--last', '1w'], '--last'],
    [['--last', '1h', '--from', '2026-01-01'], '--from'],
    [['--from', '2026-02-30'], '--from'],
    [['--from', 'yesterday'], '--from'],
    [['--to', '1e9'], '--to'],
    [['--from', '2026-03-01'], 'is not before'],
    [['--min-rows', '0'], '--min-rows'],
    [['--min-rows', '-5'], '--min-rows'],
    [['--windows'], '--windows'],
    [['now'], 'now'],
  ])('refuses %j and names %s', (argv, named) => {
    const parse = () => parseCommandLine(argv, NOW);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(named);
  });
});

describe('readDriftSettings', () => {
  it.each([
    [{}, ['MODEL_FILE', 'DATABASE_URL']],
    [{ MODEL_DIR: '.', DATABASE_URL: 'mysql://db' }, ['DATABASE_URL']],
    [{ MODEL_DIR: '.', PREDICTION_LOG: 'log' }, ['PREDICTION_LOG']],
  ])('refuses %j and names %j', (environment, named) => {
    for (const key of named) expect(() => readDriftSettings(environment)).toThrow(key);
    expect(() => readDriftSettings(environment)).toThrow(SettingsError);
  });
});
