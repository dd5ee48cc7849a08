/** Programs for tests that record how they are called, in place of kubectl, kind, minikube and docker. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../test/repository.ts';

const MAIN = join(ROOT, 'scripts/k8s/main.ts');

/** How `npm run k8s` ended. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A PATH on which there are stand-ins, and of the machine's programs only `sh` and `cat`. */
export interface StandIns {
  /** What was called, in order. */
  calls(): string[];
  /** Runs `npm run k8s -- …` with them. */
  run(...args: readonly string[]): Promise<Ended>;
  remove(): void;
}

/**
 * Makes stand-ins.
 *
 * @param bodies by the program's name: shell commands that it runs after it has recorded its call. `$*` is how it was called.
 */
export function makeStandIns(bodies: Readonly<Record<string, string>>): StandIns {
  const folder = mkdtempSync(join(tmpdir(), 'iris-stand-ins-'));
  const record = join(folder, 'calls.txt');
  for (const [program, body] of Object.entries(bodies)) {
    const path = join(folder, program);
    writeFileSync(path, `#!/bin/sh\necho "${program} $*" >> '${record}'\n${body}\n`);
    chmodSync(path, 0o755);
  }
  // The machine's own kubectl and docker must not be found.
  for (const program of ['sh', 'cat']) symlinkSync(`/bin/${program}`, join(folder, program));
  const env = { PATH: folder, NODE: process.execPath };
  return {
    calls: () => (existsSync(record) ? readFileSync(record, 'utf8').trimEnd().split('\n') : []),
    run: (...args) =>
      new Promise((resolve) => {
        execFile(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' }, (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
