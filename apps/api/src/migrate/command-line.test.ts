import { SettingsError } from '@iris/settings';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../command.ts';
import { parseCommandLine } from './command-line.ts';

const DATABASE_URL = 'postgresql://iris:secret@db/irisdb';

describe('parseCommandLine', () => {
  it.each([
    [['--target', 'species'], {}, { target: 'species', waitMs: 0 }],
    [['--wait', '90'], { MODEL_DIR: '/app/models' }, { target: { modelFile: '/app/models/model.json' }, waitMs: 90_000 }],
    [[], { MODEL_FILE: 'm.json', MODEL_DIR: '/app/models' }, { target: { modelFile: 'm.json' }, waitMs: 0 }],
  ])('takes %j with %j', (argv, environment, expected) => {
    expect(parseCommandLine(argv, { DATABASE_URL, ...environment })).toEqual({ databaseUrl: DATABASE_URL, ...expected });
  });

  it('gives nothing but help to who asks for it, whatever the settings', () => {
    expect(parseCommandLine(['--help'], {})).toBeUndefined();
  });

  it.each([[['--wait', '-1']], [['--wait', '3601']], [['--wait', '']], [['--wait', '1e3']], [['--targets', 'x']], [['species']]])(
    'refuses the words %j',
    (argv) => {
      expect(() => parseCommandLine(argv, { DATABASE_URL, MODEL_DIR: '.' })).toThrow(UsageError);
    },
  );

  it.each([
    [{ MODEL_DIR: '.' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'mysql://db', MODEL_DIR: '.' }, 'DATABASE_URL'],
    [{ DATABASE_URL, REGISTRY_DIR: '/registry' }, '--target'],
  ])('refuses the settings %j and names %s', (environment, named) => {
    const parse = () => parseCommandLine([], environment);
    expect(parse).toThrow(SettingsError);
    expect(parse).toThrow(named);
  });
});
