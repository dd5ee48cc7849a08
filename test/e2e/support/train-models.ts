/** Trains, once for all whole-system tests, the models that they serve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ROOT } from '../../repository.ts';
import { runScript } from './processes.ts';

const THIRD = join(ROOT, 'test/fixtures/third-dataset');
const JOBS = [
  ['iris-rf.json', '--dataset', 'iris', '--model', 'rf', '--version', '0.1.0'],
  ['iris-svm.json', '--dataset', 'iris', '--model', 'svm', '--version', '0.2.0'],
  ['iris-logreg.json', '--dataset', 'iris', '--model', 'logreg', '--version', '0.3.0'],
  ['churn-logreg.json', '--dataset', 'churn', '--model', 'logreg', '--version', '1.0.0'],
  [
    'third-rf.json',
    '--data',
    join(THIRD, 'rows.csv'),
    '--schema',
    join(THIRD, 'schema.json'),
    '--model',
    'rf',
    '--version',
    '1.0.0',
  ],
] as const;

declare module 'vitest' {
  export interface ProvidedContext {
    /** Directory of the trained models. */
    models: string;
  }
}

/** vitest's global set-up of the system tests. */
export async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'iris-models-'));
  await Promise.all(
    JOBS.map(async ([file, ...options]) => {
      const { code, output } = await runScript('train', [...options, '--evaluate', 'none', '--out', join(directory, file)]);
      if (code !== 0) throw new Error(`training ${file} failed:\n${output}`);
    }),
  );
  project.provide('models', directory);
  return () => rmSync(directory, { recursive: true });
}
