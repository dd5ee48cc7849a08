/** Chooses the folder in which predictions wait while the database is away, and opens the spool there. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Spool } from '@iris/prediction-log';
import { parseAddress } from '@iris/prediction-log/postgres';
import { openFileSpool } from '@iris/prediction-log/spool';
import { type Machine, machineFolders } from './machine-folders.ts';
import { makePrivateDirectory } from './private-directory.ts';

const MIB = 1024 * 1024;
/** Enough to tell the databases of a machine apart. */
const KEY_LENGTH = 16;

/** Where rows wait. */
export interface OpenSpool {
  readonly directory: string;
  readonly spool: Spool;
  /** False where the folder goes with the container or at the next start of the machine. */
  readonly isLasting: boolean;
}

/** What opening needs of the settings. */
export interface SpoolSettings {
  readonly limitMb: number;
  readonly onDamage: (detail: string) => void;
}

/** Opens the folder that somebody named. @throws PredictionLogError when it cannot be used. */
export async function openNamedSpool(directory: string, settings: SpoolSettings): Promise<OpenSpool> {
  return { directory, spool: await openSpool(directory, settings, false), isLasting: true };
}

function openSpool(directory: string, { limitMb, onDamage }: SpoolSettings, removesEmpty: boolean): Promise<Spool> {
  return openFileSpool({ directory, maxBytes: limitMb * MIB, onDamage, removesEmpty });
}

/**
 * Opens a folder of this machine: one for each database and target, as rows that a dead process left go to the next one there.
 *
 * @returns undefined where none can be written, and why not.
 */
export async function openDefaultSpool(
  databaseUrl: string,
  target: string,
  machine: Machine,
  settings: SpoolSettings,
): Promise<OpenSpool | { readonly spool: undefined; readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  for (const { path, isLasting } of machineFolders(machine)) {
    try {
      await makePrivateDirectory(path, machine.uid);
      const directory = spoolFolder(path, databaseUrl, target);
      // One that was never needed does not stay: each address that was tried once would leave a folder.
      return { directory, spool: await openSpool(directory, settings, true), isLasting };
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  return { spool: undefined, reasons };
}

/** The folder for that database and target below one of the machine's: without password and user, which may change while the table is the same. */
function spoolFolder(path: string, databaseUrl: string, target: string): string {
  const { host, port, database, user } = parseAddress(databaseUrl);
  const names = JSON.stringify([host, port, database ?? user ?? null, target]);
  return join(path, `spool-${createHash('sha256').update(names).digest('hex').slice(0, KEY_LENGTH)}`);
}

/** Folders where rows of that log may wait or were set aside: the one that somebody named, else those of this machine. */
export function spoolFolders(databaseUrl: string, target: string, named: string | undefined, machine: Machine): string[] {
  return named === undefined ? machineFolders(machine).map(({ path }) => spoolFolder(path, databaseUrl, target)) : [named];
}
