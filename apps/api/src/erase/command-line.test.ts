import { describe, expect, it } from 'vitest';
import { UsageError } from '../command.ts';
import { parseCommandLine } from './command-line.ts';

const ENVIRONMENT = { DATABASE_URL: 'postgresql://iris:secret@db/irisdb', SPOOL_DIR: '/var/spool/iris' };
const WHO = ['--by', 'j.doe', '--reason', 'letter of 1 December', '--target', 'species'];
const read = (...argv: string[]) => parseCommandLine(argv, ENVIRONMENT);

describe('parseCommandLine', () => {
  it('takes whose predictions go, who asked and why', () => {
    const request = { requestId: 'ann', requestedBy: 'j.doe', reason: 'letter of 1 December' };
    const database = { databaseUrl: ENVIRONMENT.DATABASE_URL, target: 'species', spoolDirectory: '/var/spool/iris' };
    expect(read('--request-id', 'ann', ...WHO)).toEqual({ kind: 'erase', request, isFilesOnly: false, ...database });
    expect(read('--request-id', 'ann', ...WHO, '--files-only')).toMatchObject({ isFilesOnly: true });
    expect(read('--list', '--target', 'species')).toEqual({ kind: 'list', ...database });
    expect(read('--again', '-', '--target', 'species')).toEqual({ kind: 'again', file: '-', ...database });
    expect(read('--again', '--target', 'species')).toMatchObject({ kind: 'again', file: undefined });
    expect(read('--help', '--list', '--again')).toBeUndefined();
  });

  it.each([
    [[], 'one of'],
    [['--list', '--again'], 'one of'],
    [['--request-id', 'ann', '--list', ...WHO], 'one of'],
    [['--request-id', '', ...WHO], '--request-id'],
    [['--request-id', 'ann', '--reason', 'x'], '--by'],
    [['--request-id', 'ann', '--by', 'x'], '--reason'],
    [['--request-id', 'ann', '--by', ' ', '--reason', 'x'], '--by'],
    [['--request-id', 'ann', '--by', 'x'.repeat(501), '--reason', 'x'], '--by'],
    [['--request-id', 'ann', ...WHO, 'bob'], 'bob'],
    [['--list', 'file'], 'file'],
    [['--again', 'one', 'two'], 'two'],
  ])('refuses %j and names %s', (argv, named) => {
    expect(() => read(...argv)).toThrow(UsageError);
    expect(() => read(...argv)).toThrow(named);
  });
});
