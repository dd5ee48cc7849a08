/** The trainer's command line: see `--help`. */
import { run } from './run.ts';

// No handler for SIGINT: the file is written at once at the end, so dying at any moment leaves nothing half-written.
// A reader that has seen enough (`| head`) must not cost the model.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), process.env, { stdout: process.stdout, stderr: process.stderr });
