/** A registry as a server shows it: page by page and one file at a time, however many versions there are and however slow the disk. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { currentName, listVersions } from './contents.ts';
import { readVerdict } from './version-folder.ts';
import { versionNumber } from './version-name.ts';
import type { VersionSummary } from './version-summary.ts';

export { RegistryError, type RegistryErrorCode } from './errors.ts';
export { type HistoryEntry, readRecentHistory } from './history.ts';
export type { Check, Measure, Verdict } from './verdict.ts';
export type { VersionSummary } from './version-summary.ts';

/** Some versions, newest first. */
export interface VersionPage {
  readonly versions: readonly VersionSummary[];
  readonly hasOlder: boolean;
  /** How many the registry has. */
  readonly total: number;
  /** Name of the model in service: a version's, or a file's; undefined where `current_model.txt` names none. */
  readonly current: string | undefined;
}

/** Which versions to read. */
export interface PageQuery {
  readonly limit: number;
  /** Only versions older than this one, which need not be there any more. */
  readonly before?: string | undefined;
}

/** Reads a page of versions. @throws RegistryError `REGISTRY_MISSING`; what the file system says where it cannot be read. */
export async function readPage(directory: string, { limit, before }: PageQuery): Promise<VersionPage> {
  const current = await currentName(directory);
  const names = await listVersions(directory);
  const bound = versionNumber(before ?? '') ?? Number.POSITIVE_INFINITY;
  const older = names.filter((name) => versionNumber(name)! < bound);
  const versions: VersionSummary[] = [];
  // One after the other: many reads at once would take all of the process's threads for files from everybody else.
  for (const name of older.slice(-limit).reverse()) versions.push(await summarize(directory, name, current));
  return { versions, hasOlder: older.length > limit, total: names.length, current };
}

/** One version; undefined for a name that none has. @throws RegistryError `REGISTRY_MISSING`. */
export async function readVersion(directory: string, name: string): Promise<VersionSummary | undefined> {
  const names = await listVersions(directory);
  return names.includes(name) ? summarize(directory, name, await currentName(directory)) : undefined;
}

/** Whether this process may write there, by the words of the file system: a full disk shows only when it is written to. */
export function isWritable(directory: string): Promise<boolean> {
  return access(directory, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function summarize(directory: string, name: string, current: string | undefined): Promise<VersionSummary> {
  const verdict = await readVerdict(directory, name);
  return { name, isCurrent: name === current, ...(verdict && { verdict }) };
}
