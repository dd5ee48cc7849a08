/** `npm run client`: builds the web client if that is needed and runs it in this very process, so that signals reach it. */
import { pathToFileURL } from 'node:url';
import { buildClient, CLIENT_PROGRAM, isClientBuilt } from './build.ts';

const interrupted = new AbortController();
if (!isClientBuilt()) {
  process.stdout.write('Building the web client …\n');
  const interrupt = () => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  process.exitCode = await buildClient(interrupted.signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt);
}
if (!process.exitCode && !interrupted.signal.aborted) await import(pathToFileURL(CLIENT_PROGRAM).href);
