/** The drift command: see `--help`. */
import { setFlagsFromString } from 'node:v8';
import { run } from './run.ts';

// It runs beside the server, in a pod with room for one of them: by itself, Node would let 160 MiB of rows lie before it collects, with these 35.
for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=20']) setFlagsFromString(flag);

const { env: environment, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { environment, stdout, stderr, now: () => new Date() });
