/**
 * Adds and promotes a version and prunes, and kills itself at a step of that:
 *
 *     node test-killed-writer.ts DIRECTORY STEP
 *
 * A step is a call to the file system, or the middle of a text that is written. STEP 0 counts them, and prints how many there are.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { argv, kill, pid } from 'node:process';

type Operation = (...words: unknown[]) => Promise<unknown>;
type Operations = Record<string, Operation>;

const [, , directory = '', killAt = '0'] = argv;
let steps = 0;

function step(): void {
  steps++;
  if (steps === Number(killAt)) kill(pid, 'SIGKILL');
}

function countSteps(operations: Operations, names: readonly string[]): void {
  for (const name of names) {
    const operation = operations[name]!;
    operations[name] = function counted(this: unknown, ...words: unknown[]) {
      step();
      return operation.apply(this, words);
    };
  }
}

const file = await fs.promises.open('/dev/null');
const handle: Operations = Object.getPrototypeOf(file);
await file.close();
const { writeFile } = handle;
countSteps(handle, ['sync', 'datasync', 'write', 'writeFile', 'truncate', 'close']);
const writeWhole = handle.writeFile!;
handle.writeFile = async function writeInHalves(this: unknown, text: unknown) {
  const middle = Math.floor(String(text).length / 2);
  await writeWhole.call(this, String(text).slice(0, middle));
  step();
  await writeFile!.call(this, String(text).slice(middle));
};
countSteps(fs.promises as unknown as Operations, ['open', 'mkdir', 'rename', 'rm']);
syncBuiltinESMExports();

// Now, so that they take what was put there.
const { Registry } = await import('./registry.ts');
const { testCandidate } = await import('./test-candidates.ts');
const registry = new Registry({ directory, by: 'a writer that is killed', leaseMs: 60_000 });
steps = 0;
await registry.update(async (writer) => {
  await writer.promote(await writer.add(testCandidate('0.3.0')), { reason: 'a test' });
  await writer.prune(1, 'a test');
});
fs.writeSync(1, String(steps));
