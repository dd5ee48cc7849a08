/** The drift command: see `--help`. */
import { run } from './run.ts';

const { env: environment, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { environment, stdout, stderr, now: () => new Date() });
