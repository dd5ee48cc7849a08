/** PostgreSQL refuses to run as root: chooses another account then, and checks that it reaches the files. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { LocalPostgresError } from './errors.ts';

/** User and group that run PostgreSQL; undefined means the present ones. */
export type Account = NamedAccount | undefined;

/** Another user than the present one. */
export interface NamedAccount {
  readonly uid: number;
  readonly gid: number;
}

/** In order of preference. `nobody` exists everywhere, so no account has to be added to the machine. */
const ACCOUNT_NAMES = ['postgres', 'nobody'];

const run = promisify(execFile);

/**
 * The account for a cluster: its present owner's, else the first of `postgres` and `nobody`; undefined unless root.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_NO_ACCOUNT` when the machine has neither.
 */
export async function chooseAccount(dataDirectory: string): Promise<Account> {
  if (userInfo().uid !== 0) return undefined;
  const owner = await stat(dataDirectory).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ACCOUNT_NAMES) {
    const account = await lookUp(name);
    if (account !== undefined) return account;
  }
  throw new LocalPostgresError(
    'LOCAL_POSTGRES_NO_ACCOUNT',
    `PostgreSQL refuses to run as root, and this machine has no user named ${ACCOUNT_NAMES.join(' or ')} to run it as`,
  );
}

/**
 * Proves that the account `reaches` a path.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_UNREACHABLE` naming what is closed to it.
 */
export async function assertReachable(path: string, account: Account): Promise<void> {
  const closed = account && (await firstClosed(path, account));
  if (!closed) return;
  throw new LocalPostgresError(
    'LOCAL_POSTGRES_UNREACHABLE',
    `PostgreSQL runs as user ${account.uid}, not as root, and ${closed.path} (mode ${closed.mode.toString(8)}) keeps it from ${path}: remove or move the data, or run as another user than root`,
  );
}

/** Whether the account may pass through every directory above `path`, and through `path` itself if it is there: enter it, or run it. */
export async function reaches(path: string, account: NamedAccount): Promise<boolean> {
  return (await firstClosed(path, account)) === undefined;
}

async function firstClosed(path: string, account: NamedAccount): Promise<{ path: string; mode: number } | undefined> {
  for (const directory of ancestors(path)) {
    const found = await stat(directory);
    if (!mayPass(found, account)) return { path: directory, mode: found.mode & 0o777 };
  }
  const itself = await stat(path).catch(() => undefined);
  return itself && !mayPass(itself, account) ? { path, mode: itself.mode & 0o777 } : undefined;
}

/** Whether the account has the search permission that POSIX asks of a directory on a path. */
export function mayPass(directory: { mode: number; uid: number; gid: number }, account: { uid: number; gid: number }): boolean {
  if (directory.uid === account.uid) return (directory.mode & constants.S_IXUSR) !== 0;
  if (directory.gid === account.gid) return (directory.mode & constants.S_IXGRP) !== 0;
  return (directory.mode & constants.S_IXOTH) !== 0;
}

async function lookUp(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Outermost first, so that the message names the directory to open. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}
