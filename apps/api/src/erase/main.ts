/** The erase command: see `--help`. */
import { readMachine } from '../machine-folders.ts';
import { run } from './run.ts';

const machine = readMachine(process.env, process.platform, process.getuid?.());
process.exitCode = await run(process.argv.slice(2), machine, process);
