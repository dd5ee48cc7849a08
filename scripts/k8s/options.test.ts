import { describe, expect, it } from 'vitest';
import { readOptions, USAGE } from './options.ts';

const read = (...argv: string[]) => readOptions(argv, {});

describe('readOptions', () => {
  it.each([[[]], [['help']], [['--help']], [['deploy', '-h']]])('%j asks for help', (argv) => {
    expect(read(...argv)).toBe('help');
  });

  it('reads a command, its words and its options', () => {
    expect(read('clean', 'database', '--data', '-n', 'mine')).toEqual({
      command: 'clean',
      words: ['database'],
      namespace: 'mine',
      follow: false,
      data: true,
    });
  });

  it.each([
    [['scale'], 'There is no command "scale": it is one of setup, load,'],
    [['deploy'], 'deploy takes STRATEGY'],
    [['deploy', 'rolling', 'canary'], 'deploy takes STRATEGY'],
    [['canary'], 'canary takes PERCENT'],
    [['status', 'rolling'], 'status takes no further word'],
    [['deploy', 'rolling', '--force'], "Unknown option '--force'"],
  ])('%j is refused: %s', (argv, message) => {
    expect(() => read(...argv)).toThrow(message);
  });

  it('finds options that npm took for its own', () => {
    expect(() => readOptions(['clean', 'database'], { npm_config_data: 'true' })).toThrow('npm took --data');
  });

  it('P5-8: every command is explained', () => {
    const commands = ['setup', 'load', 'deploy', 'switch', 'canary', 'status', 'logs', 'forward', 'test', 'clean'];
    for (const command of commands) expect(USAGE).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });
});
