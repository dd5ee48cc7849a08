import { describe, expect, it } from 'vitest';
import { ALL_TABLES, flagOf, HYPERPARAMETER_NAMES, knownHyperparameters, parseHyperparameters } from './hyperparameters.ts';

describe('hyperparameters', () => {
  it('are spelled as options are', () => {
    expect(HYPERPARAMETER_NAMES.map(flagOf)).toEqual(
      expect.arrayContaining([
        'n-estimators',
        'max-features',
        'class-weight',
        'rows-per-tree',
        'l2-regularization',
        'c',
        'max-iter',
      ]),
    );
    expect(new Set(HYPERPARAMETER_NAMES).size).toBe(HYPERPARAMETER_NAMES.length);
  });

  it('are accepted with their own defaults as words', () => {
    for (const [model, engine, table] of ALL_TABLES) {
      const entries = Object.entries(table).map(([name, spec]) => [name, spec.default]);
      const words = Object.fromEntries(entries.map(([name, value]) => [flagOf(String(name)), String(value)]));
      expect(parseHyperparameters(model, engine, words)).toEqual(Object.fromEntries(entries));
    }
  });

  it('of a model in service are kept where its algorithm still has them', () => {
    expect(knownHyperparameters('logreg', 'iris', { c: 3, steps: 300 })).toEqual({ c: 3 });
    expect(knownHyperparameters('logreg', 'tensorflow', { c: 3, steps: 300 })).toEqual({ c: 3, steps: 300 });
  });

  it('are words where only words are', () => {
    expect(parseHyperparameters('gbt', 'iris', { 'class-weight': 'balanced' })).toEqual({ classWeight: 'balanced' });
    expect(() => parseHyperparameters('gbt', 'iris', { 'class-weight': '2' })).toThrow(
      '--class-weight must be "none" or "balanced", is "2"',
    );
  });

  it('are refused where the engine does not fit the model', () => {
    expect(() => parseHyperparameters('svm', 'tensorflow', {})).toThrow(
      '--engine tensorflow does not fit svm, whose engines are iris',
    );
  });
});
