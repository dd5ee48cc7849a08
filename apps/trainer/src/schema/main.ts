/** The command line that makes a schema of a CSV file: see `--help`. */
import { run } from './run.ts';

const { env, stdout, stderr } = process;
// A reader that has seen enough (`| head`) is fine.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), env, { stdout, stderr });
