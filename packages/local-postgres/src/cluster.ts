/** Makes the data directory (`initdb`), whole or not at all. */
import { spawn } from 'node:child_process';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { LocalPostgresError } from './errors.ts';

/** What `initdb` needs. */
export interface ClusterOptions {
  readonly initdb: string;
  readonly dataDirectory: string;
  readonly user: string;
  readonly password: string;
  readonly account: Account;
}

/**
 * Makes the cluster unless it is there. It is built under another name and renamed when complete, so an interrupted run leaves nothing
 * that looks like a cluster; the next run clears it away.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_NOT_A_CLUSTER` for a directory of other files, `LOCAL_POSTGRES_INIT_FAILED` with what `initdb` printed.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { dataDirectory, account } = options;
  if (await isCluster(dataDirectory)) return;
  const unfinished = `${dataDirectory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (account !== undefined) await chown(unfinished, account.uid, account.gid);
  await runInitdb(options, unfinished);
  await rename(unfinished, dataDirectory);
}

/** False for a directory that is absent or empty; anything else than a cluster is somebody's files and stays as it is. */
async function isCluster(directory: string): Promise<boolean> {
  const entries = await readdir(directory).catch(() => []);
  if (entries.length === 0) return false;
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return true;
  throw new LocalPostgresError(
    'LOCAL_POSTGRES_NOT_A_CLUSTER',
    `${directory} holds other files than PostgreSQL's: name an empty or a new directory`,
  );
}

async function runInitdb(options: ClusterOptions, directory: string): Promise<void> {
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  try {
    if (options.account !== undefined) await chown(passwordFile, options.account.uid, options.account.gid);
    const lines = await runToEnd(options, directory, passwordFile);
    if (lines !== undefined) throw new LocalPostgresError('LOCAL_POSTGRES_INIT_FAILED', `initdb failed: ${lines}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** What `initdb` printed if it failed, in one line. */
function runToEnd(
  { initdb, user, account }: ClusterOptions,
  directory: string,
  passwordFile: string,
): Promise<string | undefined> {
  // The files are synced by the first checkpoint anyway; `--no-sync` only skips doing it twice.
  const flags = [`--pgdata=${directory}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const child = spawn(initdb, [...flags, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...account,
    cwd: directory,
    env: { LC_ALL: 'C' },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : printed.trim().split('\n').slice(-3).join(' | ')));
  });
}
