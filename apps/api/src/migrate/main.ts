/** `migrate`: see `--help`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run.ts';

const { env: environment, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { environment, stdout, stderr, sleep, clock: () => performance.now() });
