/** Ends a PostgreSQL that an earlier, killed program left running, and clears a lock file that nothing holds. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalPostgresError } from './errors.ts';
import { findProcess, signal, waitUntilGone } from './process-table.ts';

/** Fast shutdown rolls back and writes a checkpoint. */
const FAST_SHUTDOWN_MS = 10_000;
/** Immediate shutdown leaves the rest to crash recovery. */
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Stops the server that holds the data directory, if any. The caller holds the owner lock, so nobody is using it.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_IN_USE` when it cannot be stopped.
 */
export async function stopLeftOver(dataDirectory: string): Promise<void> {
  const lockFile = join(dataDirectory, 'postmaster.pid');
  const pid = Number((await readFile(lockFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return;
  const holder = await findProcess(pid);
  // The pid may have gone to another program, or to a zombie. PostgreSQL would refuse to start for either; its check of the shared
  // memory segment still guards against a server that lives on under another pid.
  if (!holder?.command.includes(dataDirectory)) return rm(lockFile, { force: true });
  signal(pid, 'SIGINT');
  if (await waitUntilGone(pid, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new LocalPostgresError(
    'LOCAL_POSTGRES_IN_USE',
    `the PostgreSQL left over from an earlier run (process ${pid}) does not stop: kill it`,
  );
}
