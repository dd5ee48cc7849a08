import { describe, expect, it } from 'vitest';
import { engineOf, ML_RANDOM_FOREST_OPTIONS, OPTION_TABLES, optionTable } from './option-tables.ts';
import { acceptsValue, checkOptions, describeRange, type OptionTable } from './options.ts';

const SVM = OPTION_TABLES.svm.iris;

describe('checkOptions', () => {
  it('fills in the defaults of what is absent', () => {
    expect(checkOptions(SVM, { c: 10 })).toEqual({ c: 10, gamma: 'scale', tol: 1e-3, classWeight: 'none' });
  });

  it('accepts the word that stands for a computed value', () => {
    expect(checkOptions(ML_RANDOM_FOREST_OPTIONS, { maxFeatures: 'auto' }).maxFeatures).toBe('auto');
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
    expect(() => checkOptions(ML_RANDOM_FOREST_OPTIONS, given)).toThrow(
      expect.objectContaining({ code: 'TRAINING_OPTION', message: expect.stringContaining(`${name} must be an integer from 1`) }),
    );
  });

  it('names the known options when one is unknown, inherited names included', () => {
    expect(() => checkOptions(SVM, { depth: 3 })).toThrow('there is no option depth; the options are c, gamma, tol, classWeight');
    expect(() => checkOptions(SVM, { toString: 3 })).toThrow('there is no option toString');
  });

  it('has defaults that its own rules accept, for every algorithm', () => {
    for (const table of Object.values(OPTION_TABLES).flatMap<OptionTable>((engines) => Object.values(engines))) {
      const defaults = checkOptions(table, {});
      expect(checkOptions(table, defaults)).toEqual(defaults);
    }
  });
});

describe('describeRange', () => {
  it('tells what a value may be', () => {
    expect(describeRange(OPTION_TABLES.logreg.iris.maxIter)).toBe('an integer from 1 to 100000');
    expect(describeRange(SVM.gamma)).toBe('a number from 1e-9 to 1000000, or "scale"');
    expect(describeRange(SVM.classWeight)).toBe('"none" or "balanced"');
  });
});

describe('acceptsValue', () => {
  it('takes the words of an option that has no number, and nothing else', () => {
    expect(['none', 'balanced', 'other', 1].map((value) => acceptsValue(SVM.classWeight, value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('engines', () => {
  it('are read from what a model file names, older files included', () => {
    const recorded = [
      'iris',
      'ml-random-forest 2.1.0',
      '@tensorflow/tfjs 4.22.0',
      '@tensorflow/tfjs-node 4.22.0',
      'libsvm-js 0.2.1',
    ];
    expect(recorded.map(engineOf)).toEqual(['iris', 'ml-random-forest', 'tensorflow', 'tensorflow', 'iris']);
  });

  it('have options of their own, and none for an algorithm that they do not fit', () => {
    expect(Object.keys(optionTable('rf', 'ml-random-forest')!)).toContain('rowsPerTree');
    expect(Object.keys(optionTable('rf')!)).toContain('nEstimators');
    expect(optionTable('svm', 'tensorflow')).toBeUndefined();
  });
});
