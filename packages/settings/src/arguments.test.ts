import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const OPTIONS = { keep: { type: 'string' }, help: { type: 'boolean' } } as const;
const read = (...args: string[]) => readArguments({ args, options: OPTIONS }, (sentence) => new TypeError(sentence));

describe('readArguments', () => {
  it('gives the values of the options', () => {
    expect({ ...read('--keep', '3', '--help').values }).toEqual({ keep: '3', help: true });
  });

  it.each([
    [['--kept', '3'], "Unknown option '--kept'"],
    [['--keep'], "Option '--keep <value>' argument missing"],
    [['list'], "Unexpected argument 'list'"],
  ])('says of %j in one sentence what does not fit, without Node’s advice', (args, sentence) => {
    expect(() => read(...args)).toThrow(new TypeError(sentence));
  });
});
