import { describe, expect, it } from 'vitest';
import { OPTION_TABLES } from './option-tables.ts';
import { checkOptions, describeRange } from './options.ts';

describe('checkOptions', () => {
  it('fills in the defaults of what is absent', () => {
    expect(checkOptions(OPTION_TABLES.svm, { c: 10 })).toEqual({ c: 10, gamma: 'scale', tol: 1e-3 });
  });

  it('accepts the word that stands for a computed value', () => {
    expect(checkOptions(OPTION_TABLES.rf, { maxFeatures: 'auto' }).maxFeatures).toBe('auto');
  });

  it.each([
    ['below its range', { trees: 0 }],
    ['above its range', { trees: 10_001 }],
    ['not whole', { trees: 1.5 }],
    ['not a number', { trees: Number.NaN }],
    ['another word', { maxFeatures: 'sqrt' }],
    ['a word where only numbers are', { trees: 'auto' }],
  ])('refuses a value that is %s', (_, given) => {
    const [name] = Object.keys(given);
    expect(() => checkOptions(OPTION_TABLES.rf, given)).toThrow(
      expect.objectContaining({ code: 'TRAINING_OPTION', message: expect.stringContaining(`${name} must be an integer from 1`) }),
    );
  });

  it('names the known options when one is unknown, inherited names included', () => {
    expect(() => checkOptions(OPTION_TABLES.svm, { depth: 3 })).toThrow(
      'there is no option depth; the options are c, gamma, tol',
    );
    expect(() => checkOptions(OPTION_TABLES.svm, { toString: 3 })).toThrow('there is no option toString');
  });

  it('has defaults that its own rules accept, for every algorithm', () => {
    for (const table of Object.values(OPTION_TABLES)) {
      const defaults = checkOptions(table, {});
      expect(checkOptions(table, defaults)).toEqual(defaults);
    }
  });
});

describe('describeRange', () => {
  it('tells what a value may be', () => {
    expect(describeRange(OPTION_TABLES.logreg.maxIter)).toBe('an integer from 1 to 100000');
    expect(describeRange(OPTION_TABLES.svm.gamma)).toBe('a number from 1e-9 to 1000000, or "scale"');
  });
});
