/** A registry with versions that the real trainer and its gate have put there. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './processes.ts';

/** Each way of training a version of iris; the gate refuses the second. */
const TRAININGS = {
  good: ['--model', 'svm'],
  worse: ['--model', 'svm', '--c', '0.001'],
} as const;

/** Trained once, and copied for each test. */
export interface TrainedRegistry {
  /** A copy of its own, which is `v0001` (svm 0.1.0), `v0002` (svm 0.2.0, in service) and `v0003` (svm 0.3.0, refused). */
  copy(): Promise<string>;
  dispose(): Promise<void>;
}

/** Trains the three versions. */
export async function trainRegistry(): Promise<TrainedRegistry> {
  const parent = await mkdtemp(join(tmpdir(), 'iris-trained-'));
  const trained = join(parent, 'trained');
  let copies = 0;
  for (const [index, kind] of (['good', 'good', 'worse'] as const).entries()) {
    const version = `0.${index + 1}.0`;
    const words = ['--dataset', 'iris', '--evaluate', 'holdout', ...TRAININGS[kind], '--version', version, '--registry', trained];
    const { code, output } = await runScript('train', words);
    if (code !== (kind === 'good' ? 0 : 3)) throw new Error(`the training of ${version} ended with ${code}:\n${output}`);
  }
  return {
    async copy() {
      const directory = join(parent, `copy-${++copies}`);
      await cp(trained, directory, { recursive: true });
      return directory;
    },
    dispose: () => rm(parent, { recursive: true, force: true }),
  };
}
