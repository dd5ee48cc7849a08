/** The command line that trains the model in service again: see `--help`. */
import { onInterrupt } from '../on-interrupt.ts';
import { run } from './run.ts';

const { env: environment, stdout, stderr } = process;
// A version is written whole or not at all, so dying at any moment leaves nothing half-written.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), {
  environment,
  stdout,
  stderr,
  clock: Date.now,
  onInterrupt: (listener) => onInterrupt(process, listener),
});
