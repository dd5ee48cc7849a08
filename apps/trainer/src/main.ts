/** The trainer's command line: see `--help`. */
import { run } from './run.ts';

// The file is written at once at the end, so dying at any moment leaves nothing half-written.
// A reader that has seen enough (`| head`) must not cost the model.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), process.env, { stdout: process.stdout, stderr: process.stderr }, onInterrupt);

/** For the time of a tracked run alone: without handlers, signals end the process at once. */
function onInterrupt(listener: () => Promise<void>): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const handlers = signals.map((signal) => {
    const handler = () => void listener().finally(() => process.kill(process.pid, signal));
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  return function forget() {
    for (const remove of handlers) remove();
  };
}
