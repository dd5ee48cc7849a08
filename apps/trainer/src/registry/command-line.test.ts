import { describe, expect, it } from 'vitest';
import { HELP, OPTION_NAMES, parseCommandLine } from './command-line.ts';

const parse = (...argv: string[]) => parseCommandLine(argv, { REGISTRY_DIR: '/registry' });

describe('the words of `registry`', () => {
  it('are an action, its version and its options', () => {
    expect(parse('list')).toEqual({ action: 'list', directory: '/registry', by: undefined });
    expect(parse('show', 'v0002', '--registry', 'here')).toMatchObject({ action: 'show', version: 'v0002', directory: 'here' });
    expect(parse('promote', 'v0002', '--reason', 'why', '--force', '--by', 'ada')).toEqual({
      action: 'promote',
      version: 'v0002',
      reason: 'why',
      force: true,
      by: 'ada',
      directory: '/registry',
    });
    expect(parse('rollback')).toMatchObject({ action: 'rollback', version: undefined, reason: 'rolled back by hand' });
    expect(parse('prune', '--keep', '3')).toMatchObject({ action: 'prune', keep: 3 });
    expect(parse('prune')).toMatchObject({ keep: 10 });
  });

  it.each([
    [[], 'say list, show, promote, rollback, verify, prune; see --help'],
    [['delete'], '"delete" is none of list, show, promote, rollback, verify, prune; see --help'],
    [['promote', '--reason', 'why'], 'promote needs a VERSION, such as v0002; see --help'],
    [['promote', 'v0002'], 'promote needs --reason: who reads the history wants to know why; see --help'],
    [['list', 'v0002'], 'list takes no "v0002"; see --help'],
    [['show', 'v0002', 'v0003'], 'show takes no "v0003"; see --help'],
    [['rollback', '--force'], '--force says nothing to rollback; see --help'],
    [['prune', '--keep', '0'], '--keep must be an integer from 1 to 1000000, is "0"'],
    [['list', '--all'], "Unknown option '--all'; see --help"],
  ])('are refused in one line: %j', (argv, line) => {
    expect(() => parse(...argv)).toThrow(line);
  });

  it('need a registry', () => {
    expect(() => parseCommandLine(['list'], {})).toThrow('say --registry DIR behind --, or set REGISTRY_DIR; see --help');
  });

  it('are all explained by the help', () => {
    expect(parse('--help')).toBeUndefined();
    for (const name of OPTION_NAMES) expect(HELP).toContain(`--${name}`);
  });
});
