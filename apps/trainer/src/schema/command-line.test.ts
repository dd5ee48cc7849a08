import { describe, expect, it } from 'vitest';
import { HELP, OPTION_NAMES, parseCommandLine } from './command-line.ts';

const parse = (...argv: string[]) => parseCommandLine(argv);

describe('the words of `schema`', () => {
  it('are a file and its options', () => {
    expect(parse('rows.csv', '--target', 'churn')).toEqual({
      dataPath: 'rows.csv',
      target: 'churn',
      outPath: 'schema.json',
      missing: [],
      force: false,
    });
    expect(
      parse(
        '--target',
        'y',
        'a.csv',
        '--missing',
        'n/a',
        '--missing=-999',
        '--unknown-levels',
        'accept',
        '--out',
        'b',
        '--force',
      ),
    ).toEqual({ dataPath: 'a.csv', target: 'y', outPath: 'b', missing: ['n/a', '-999'], unknownLevels: 'accept', force: true });
  });

  it.each([
    [['--target', 'y'], 'say which file, as in: npm run schema -- rows.csv --target churn; see --help'],
    [['rows.csv'], 'say which column to predict: --target NAME; see --help'],
    [['rows.csv', 'more.csv', '--target', 'y'], 'takes one file, not also "more.csv"; see --help'],
    [
      ['rows.csv', '--target', 'y', '--unknown-levels', 'refuse'],
      '--unknown-levels must be accept, or not be given, is "refuse"; see --help',
    ],
    [['rows.csv', '--colour', 'y'], "Unknown option '--colour'; see --help"],
  ])('%j are refused', (argv, message) => {
    expect(() => parse(...argv)).toThrow(message);
  });

  it('ask for help', () => {
    expect(parse('--help')).toBeUndefined();
    for (const name of OPTION_NAMES) expect(HELP).toContain(`--${name}`);
  });
});
