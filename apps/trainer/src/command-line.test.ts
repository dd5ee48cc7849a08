import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { UsageError } from './usage-error.ts';

const MINIMAL = ['--dataset', 'iris', '--model', 'rf', '--version', '0.1.0', '--out', 'model.json'];

function without(option: string): string[] {
  const index = MINIMAL.indexOf(option);
  return MINIMAL.toSpliced(index, 2);
}

describe('parseCommandLine', () => {
  it('takes defaults for all that is optional', () => {
    expect(parseCommandLine(MINIMAL)).toEqual({
      source: { kind: 'named', name: 'iris' },
      model: 'rf',
      engine: 'ml-random-forest',
      version: '0.1.0',
      outPath: 'model.json',
      seed: 42,
      evaluate: 'full',
      hyperparameters: {},
      requireTracking: false,
    });
  });

  it('takes everything that can be said', () => {
    const words = ['--data=rows.csv', '--schema=s.json', '--model=svm', '--version=1.2.3-rc.1', '--out=o.json'];
    const more = ['--seed=7', '--evaluate=holdout', '--min-accuracy=0.9', '--min-recall=0.5', '--c=10', '--gamma=scale'];
    const tracking = ['--alias=champion', '--require-tracking'];
    expect(parseCommandLine([...words, ...more, ...tracking])).toEqual({
      source: { kind: 'files', dataPath: 'rows.csv', schemaPath: 's.json' },
      model: 'svm',
      engine: 'iris',
      version: '1.2.3-rc.1',
      outPath: 'o.json',
      seed: 7,
      evaluate: 'holdout',
      minAccuracy: 0.9,
      minRecall: 0.5,
      hyperparameters: { c: 10, gamma: 'scale' },
      alias: 'champion',
      requireTracking: true,
    });
  });

  it('needs no more than a file and its target: then all algorithms are compared', () => {
    expect(parseCommandLine(['--data', 'rows.csv', '--target', 'churn'])).toEqual({
      source: { kind: 'table', dataPath: 'rows.csv', target: 'churn', missing: [] },
      model: 'auto',
      version: '1.0.0',
      seed: 42,
      evaluate: 'full',
      hyperparameters: {},
      requireTracking: false,
    });
    const words = ['--data=r.csv', '--target=y', '--missing=-', '--missing=none', '--unknown-levels=accept'];
    expect(parseCommandLine([...words, '--class-weight=balanced', '--max-minutes=0.5'])).toMatchObject({
      source: { missing: ['-', 'none'], unknownLevels: 'accept' },
      hyperparameters: { classWeight: 'balanced' },
      maxMinutes: 0.5,
    });
    expect(parseCommandLine([...words, '--model=gbt', '--max-leaf-nodes=8'])).toMatchObject({
      model: 'gbt',
      engine: 'iris',
      hyperparameters: { maxLeafNodes: 8 },
    });
  });

  it('takes a registry instead of a file, or beside one', () => {
    expect(parseCommandLine([...without('--out'), '--registry', 'here'])).toMatchObject({
      registry: { directory: 'here', keep: 10 },
    });
    expect(parseCommandLine([...MINIMAL, '--registry', 'here', '--keep', '3'])).toMatchObject({
      outPath: 'model.json',
      registry: { directory: 'here', keep: 3 },
    });
  });

  it.each([['--help'], ['-h'], ['--help', '--model', 'knn']])('gives nothing when help is asked for: %s', (...argv) => {
    expect(parseCommandLine(argv)).toBeUndefined();
  });

  it.each([
    {
      argv: [],
      line: 'missing --dataset (or --data with --target or --schema), --model, --version, --out (or --registry); see --help',
    },
    { argv: without('--out'), line: 'missing --out (or --registry); see --help' },
    {
      argv: [...MINIMAL, '--registry', 'here', '--evaluate', 'none'],
      line: '--registry needs an evaluation, and --evaluate none gives none',
    },
    { argv: [...MINIMAL, '--model', 'auto', '--trees', '5'], line: '--trees is an option of one model: say which with --model' },
    { argv: [...MINIMAL, '--model', 'auto', '--engine', 'iris'], line: '--engine goes with one --model, not with auto' },
    {
      argv: [...MINIMAL, '--model', 'auto', '--evaluate', 'none'],
      line: '--model auto needs an evaluation, and --evaluate none gives none',
    },
    {
      argv: [...MINIMAL, '--engine', 'tensorflow'],
      line: '--engine tensorflow does not fit rf, whose engines are iris, ml-random-forest',
    },
    { argv: [...MINIMAL, '--max-minutes', '5'], line: '--max-minutes bounds a comparison: it goes with --model auto' },
    {
      argv: [...MINIMAL, '--model', 'auto', '--max-minutes', '0'],
      line: '--max-minutes must be a number above 0, up to 10000, is "0"',
    },
    {
      argv: ['--data', 'r.csv', '--schema', 's.json', '--target', 'y'],
      line: '--schema names the target: leave out --target',
    },
    { argv: [...MINIMAL, '--keep', '3'], line: '--keep says nothing without --registry' },
    { argv: [...MINIMAL, '--registry', 'here', '--keep', '0'], line: '--keep must be an integer from 1 to 1000000, is "0"' },
    { argv: [...MINIMAL, '--model', 'knn'], line: '--model must be one of auto, rf, gbt, svm, logreg, is "knn"' },
    { argv: [...MINIMAL, '--dataset', 'mnist'], line: '--dataset must be one of iris, churn, is "mnist"' },
    { argv: [...MINIMAL, '--evaluate', 'half'], line: '--evaluate must be one of full, folds, holdout, none, is "half"' },
    { argv: [...MINIMAL, '--version', 'latest'], line: '--version must be a version such as 0.1.0, is "latest"' },
    { argv: [...MINIMAL, '--version', '../1.0.0'], line: '--version must be a version such as 0.1.0, is "../1.0.0"' },
    { argv: [...MINIMAL, '--alias', 'v3'], line: '--alias must be a name such as champion, is "v3"' },
    { argv: [...MINIMAL, '--alias', 'a/b'], line: '--alias must be a name such as champion, is "a/b"' },
    { argv: [...MINIMAL, '--seed', '1e3'], line: '--seed must be an integer from 0 to 2147483647, is "1e3"' },
    { argv: [...MINIMAL, '--seed', '2147483648'], line: '--seed must be an integer from 0 to 2147483647, is "2147483648"' },
    { argv: [...MINIMAL, '--min-accuracy', '95'], line: '--min-accuracy must be from 0 to 1, is "95"' },
    { argv: [...MINIMAL, '--min-recall', '95'], line: '--min-recall must be from 0 to 1, is "95"' },
    { argv: [...MINIMAL, '--min-accuracy', ' '], line: '--min-accuracy must be from 0 to 1, is " "' },
    { argv: [...MINIMAL, '--min-accuracy', ''], line: '--min-accuracy must be from 0 to 1, is ""' },
    {
      argv: [...MINIMAL, '--min-accuracy', '0.9', '--evaluate', 'none'],
      line: '--min-accuracy needs an evaluation, and --evaluate none gives none',
    },
    {
      argv: [...MINIMAL, '--min-recall', '0.9', '--evaluate', 'none'],
      line: '--min-recall needs an evaluation, and --evaluate none gives none',
    },
    {
      argv: [...MINIMAL, '--data', 'rows.csv'],
      line: '--dataset and --data exclude each other, and --schema and --target belong to --data',
    },
    {
      argv: [...without('--dataset'), '--data', 'r.csv'],
      line: 'missing --target: say which column to predict, or give a --schema',
    },
    {
      argv: [...without('--dataset'), '--schema', 's.json'],
      line: 'missing --data: the file of rows goes with --target or --schema',
    },
    { argv: [...MINIMAL, '--trees', 'many'], line: '--trees must be an integer from 1 to 10000, is "many"' },
    { argv: [...MINIMAL, '--trees', ''], line: '--trees must be an integer from 1 to 10000, is ""' },
    { argv: [...MINIMAL, '--max-features', '0'], line: '--max-features must be an integer from 1 to 10000, or "auto", is "0"' },
    {
      argv: [...MINIMAL, '--gamma', '1'],
      line: '--gamma is no option of rf, whose options are --trees, --max-features, --min-samples-split, --rows-per-tree',
    },
    { argv: [...MINIMAL, '--tress', '5'], line: "Unknown option '--tress'; see --help" },
    { argv: [...MINIMAL, 'iris'], line: "Unexpected argument 'iris'; see --help" },
    { argv: [...MINIMAL, '--seed'], line: "Option '--seed <value>' argument missing; see --help" },
  ])('refuses in one line: $line', ({ argv, line }) => {
    expect(() => parseCommandLine(argv)).toThrow(new UsageError(line));
  });
});
