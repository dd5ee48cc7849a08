import { OPTION_TABLES } from '@iris/training';
import { describe, expect, it } from 'vitest';
import { flagOf, HYPERPARAMETER_NAMES, knownHyperparameters, parseHyperparameters } from './hyperparameters.ts';

describe('hyperparameters', () => {
  it('are spelled as options are', () => {
    expect(HYPERPARAMETER_NAMES.map(flagOf)).toEqual([
      'trees',
      'max-features',
      'min-samples-split',
      'rows-per-tree',
      'c',
      'gamma',
      'tol',
      'max-iter',
    ]);
  });

  it('are accepted with their own defaults as words', () => {
    for (const [model, table] of Object.entries(OPTION_TABLES)) {
      const entries = Object.entries(table).map(([name, spec]) => [name, spec.default]);
      const words = Object.fromEntries(entries.map(([name, value]) => [flagOf(String(name)), String(value)]));
      expect(parseHyperparameters(model as 'rf', words)).toEqual(Object.fromEntries(entries));
    }
  });

  it('of a model in service are kept where its algorithm still has them', () => {
    expect(knownHyperparameters('logreg', { c: 3, steps: 300 })).toEqual({ c: 3 });
  });
});
