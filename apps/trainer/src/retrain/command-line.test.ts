import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { OPTION_NAMES, parseCommandLine } from './command-line.ts';
import { HELP } from './help.ts';

const MINIMAL = ['--dataset', 'churn', '--registry', 'here'];

describe('parseCommandLine', () => {
  it('takes from the model in service all that is not said', () => {
    expect(parseCommandLine(MINIMAL, {})).toMatchObject({
      source: { kind: 'named', name: 'churn' },
      registry: { directory: 'here', keep: 10 },
      evaluate: 'folds',
      minFeedback: 10,
      shares: { source: 0.02, all: 0.5 },
      requireTracking: false,
    });
    expect(parseCommandLine(MINIMAL, {})).not.toHaveProperty('model');
  });

  it('takes the registry of the environment', () => {
    const { registry } = parseCommandLine(MINIMAL.slice(0, 2), { REGISTRY_DIR: '/app/registry' })!;
    expect(registry.directory).toBe('/app/registry');
  });

  it('takes everything that can be said', () => {
    const words = ['--model=svm', '--version=2.0.0', '--seed=7', '--evaluate=holdout', '--min-accuracy=0.7', '--min-recall=0.5'];
    const more = ['--min-feedback=50', '--source-share=0.1', '--feedback-share=0.2', '--keep=3', '--alias=champion'];
    expect(parseCommandLine([...MINIMAL, ...words, ...more], {})).toMatchObject({
      model: 'svm',
      version: '2.0.0',
      seed: 7,
      evaluate: 'holdout',
      minAccuracy: 0.7,
      minRecall: 0.5,
      minFeedback: 50,
      shares: { source: 0.1, all: 0.2 },
      registry: { directory: 'here', keep: 3 },
      alias: 'champion',
    });
  });

  it.each([
    [[], 'missing --dataset (or --data and --schema), --registry (or REGISTRY_DIR); see --help'],
    [[...MINIMAL, '--min-feedback', '0'], '--min-feedback must be an integer from 1 to 1000000, is "0"'],
    [[...MINIMAL, '--source-share', '1.5'], '--source-share must be from 0 to 1, is "1.5"'],
    [[...MINIMAL, '--evaluate', 'none'], '--evaluate must be one of folds, full, holdout, is "none"'],
    [[...MINIMAL, '--out', 'model.json'], "Unknown option '--out'; see --help"],
  ])('refuses %j in one line', (argv, line) => {
    expect(() => parseCommandLine(argv, {})).toThrow(new UsageError(line));
  });

  it('gives help, which names each option', () => {
    expect(parseCommandLine(['--help'], {})).toBeUndefined();
    for (const name of OPTION_NAMES) expect(HELP).toContain(`--${name}`);
  });
});
