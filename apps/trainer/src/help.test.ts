import { describe, expect, it } from 'vitest';
import { GENERAL_OPTIONS } from './command-line.ts';
import { helpText } from './help.ts';
import { flagOf, HYPERPARAMETER_NAMES } from './hyperparameters.ts';

describe('helpText', () => {
  it('names every option, its range and its default', () => {
    const text = helpText();
    for (const flag of [...GENERAL_OPTIONS, 'help', ...HYPERPARAMETER_NAMES.map(flagOf)]) expect(text).toContain(`--${flag}`);
    expect(text).toContain('MLFLOW_TRACKING_URI');
    expect(text).toContain('(an integer from 1 to 10000; default 100)');
    expect(text).toContain('default scale)');
  });
});
