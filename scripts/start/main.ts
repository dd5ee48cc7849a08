/** `npm start`: trains what is missing, starts PostgreSQL and the services, prints where they are, and stops all on Ctrl-C. */
import { readOptions, StartError, USAGE } from './options.ts';
import { startAll } from './start-all.ts';

/** Ctrl-C reaches this process from the terminal and again from npm: only a later one is impatience. */
const IMPATIENT_AFTER_MS = 1000;
/** Between two looks whether the parent is still there. */
const PARENT_LOOK_MS = 500;

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
  // A terminal that was closed takes no more lines; everything must be stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const outcome = await startAll(options, process.env, watchForEnd(), (line) => process.stdout.write(`${line}\n`));
  if (outcome === 'failed') process.exitCode = 1;
}

/** Aborts on Ctrl-C and the like, and when the parent is gone: npm ends on SIGTERM without a word to what it has started. */
function watchForEnd(): AbortSignal {
  const end = new AbortController();
  let abortedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (end.signal.aborted && performance.now() - abortedAt > IMPATIENT_AFTER_MS) process.exit(1);
      abortedAt ||= performance.now();
      end.abort();
    });
  }
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end.abort(), PARENT_LOOK_MS).unref();
  return end.signal;
}
