import { SettingsError } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../command.ts';
import { parseCommandLine } from './command-line.ts';

const ENVIRONMENT = { DATABASE_URL: 'postgresql://iris:secret@db/irisdb', MODEL_DIR: '/app/models' };
const DAY_MS = 86_400_000;

describe('parseCommandLine', () => {
  it.each([
    [['--older-than', '90d'], { olderThanMs: 90 * DAY_MS, batchRows: 5000, isDryRun: false }],
    [['--older-than', '36h', '--batch', '100', '--dry-run'], { olderThanMs: 1.5 * DAY_MS, batchRows: 100, isDryRun: true }],
  ])('takes %j', (argv, expected) => {
    expect(parseCommandLine(argv, ENVIRONMENT)).toEqual({
      databaseUrl: ENVIRONMENT.DATABASE_URL,
      target: { modelFile: '/app/models/model.json' },
      ...expected,
    });
  });

  it('gives nothing but help to who asks for it, whatever else is said', () => {
    expect(parseCommandLine(['--help', '--older-than', 'x'], {})).toBeUndefined();
  });

  it.each([
    [[], '--older-than'],
    [['--older-than', '0d'], '--older-than'],
    [['--older-than', '90'], '--older-than'],
    [['--older-than', '2w'], '--older-than'],
    [['--older-than', '90d', '--batch', '0'], '--batch'],
    [['--older-than', '90d', '--batch', '100001'], '--batch'],
    [['--older-than', '90d', '30d'], '30d'],
  ])('refuses %j and names %s', (argv, named) => {
    const parse = () => parseCommandLine(argv, ENVIRONMENT);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(named);
  });

  it('asks for a database', () => {
    const parse = () => parseCommandLine(['--older-than', '1d', '--target', 'species'], {});
    expect(parse).toThrow(SettingsError);
    expect(parse).toThrow('DATABASE_URL');
  });
});
