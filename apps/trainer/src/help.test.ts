import { describe, expect, it } from 'vitest';
import { helpText } from './help.ts';
import { flagOf, HYPERPARAMETER_NAMES } from './hyperparameters.ts';

describe('helpText', () => {
  it('names every option, its range and its default', () => {
    const text = helpText();
    const general = [
      'dataset',
      'data',
      'schema',
      'model',
      'version',
      'out',
      'seed',
      'evaluate',
      'min-accuracy',
      'alias',
      'require-tracking',
      'help',
    ];
    for (const flag of [...general, ...HYPERPARAMETER_NAMES.map(flagOf)]) expect(text).toContain(`--${flag}`);
    expect(text).toContain('MLFLOW_TRACKING_URI');
    expect(text).toContain('(an integer from 1 to 10000; default 100)');
    expect(text).toContain('default scale)');
  });
});
