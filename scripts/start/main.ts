/** `npm start`: trains what is missing, starts PostgreSQL and the services, prints where they are, and stops all on Ctrl-C. */
import { readOptions, StartError, USAGE } from './options.ts';
import { startAll } from './start-all.ts';

/** Ctrl-C reaches this process from the terminal and again from npm: only a later one is impatience. */
const IMPATIENT_AFTER_MS = 1000;

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  if (!(error instanceof StartError) && (error as { code?: string }).code?.startsWith('LOCAL_POSTGRES_') !== true) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function run(options: Exclude<ReturnType<typeof readOptions>, 'help'>): Promise<void> {
  const interrupted = new AbortController();
  let interruptedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted.signal.aborted && performance.now() - interruptedAt > IMPATIENT_AFTER_MS) process.exit(1);
      interruptedAt ||= performance.now();
      interrupted.abort();
    });
  }
  const outcome = await startAll(options, process.env, interrupted.signal, (line) => process.stdout.write(`${line}\n`));
  if (outcome === 'failed') process.exitCode = 1;
}
