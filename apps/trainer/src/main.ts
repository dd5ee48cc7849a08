/** The trainer's command line: see `--help`. */
import { onInterrupt } from './on-interrupt.ts';
import { run } from './run.ts';

const { env, stdout, stderr } = process;
// The file is written at once at the end, so dying at any moment leaves nothing half-written.
// A reader that has seen enough (`| head`) must not cost the model.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), env, { stdout, stderr }, (listener) => onInterrupt(process, listener));
