/** Puts programs and data where PostgreSQL's account can reach them: where they are, if it can; else into the open folder. */
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, readlink, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Account, assertReachable, reaches } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { makeOpenFolder, noteUse, OPEN_FOLDER, PROGRAMS, removeUnusedPrograms } from './open-folder.ts';

/** Name of the cluster in its entry of the open folder, and of the file that tells people which checkout it belongs to. */
const DATA = 'data';
const LINK = 'link.txt';

/** The programs, or a copy of them that the account can run; one copy for each version serves all checkouts. */
export async function placePrograms(
  binaries: PostgresBinaries,
  account: Account,
  place = OPEN_FOLDER,
): Promise<PostgresBinaries> {
  if (account === undefined || (await reaches(binaries.postgres, account))) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const folder = await makeOpenFolder(account, place);
  const { name, version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as Record<string, string>;
  const copy = join(folder, `${PROGRAMS}${basename(name!)}-${version}`);
  if ((await readdir(copy).catch(() => [])).length === 0) {
    await removeUnusedPrograms(folder);
    await copyPrograms(native, copy);
  }
  await noteUse(copy);
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/**
 * The directory that the account can reach for this data directory: itself, or what the link leads to that then stands in its place.
 *
 * @throws {LocalPostgresError} `LOCAL_POSTGRES_UNREACHABLE` when it holds files already, which are left where they are.
 */
export async function placeData(dataDirectory: string, account: Account, place = OPEN_FOLDER): Promise<string> {
  const linked = await linkedData(dataDirectory, place);
  if (linked !== undefined) return makeEntry(linked, dataDirectory);
  await mkdir(dirname(dataDirectory), { recursive: true });
  if (account === undefined || (await reaches(dataDirectory, account))) return dataDirectory;
  if ((await readdir(dataDirectory).catch(() => [])).length > 0) await assertReachable(dataDirectory, account);
  return makeLinked(dataDirectory, await makeOpenFolder(account, place));
}

/** Removes a directory with what a link in its place leads to. */
export async function removeData(dataDirectory: string, place = OPEN_FOLDER): Promise<void> {
  const linked = await linkedData(dataDirectory, place);
  if (linked !== undefined) await rm(dirname(linked), { recursive: true, force: true });
  await rm(dataDirectory, { recursive: true, force: true });
}

async function makeLinked(dataDirectory: string, folder: string): Promise<string> {
  const data = join(folder, `data-${randomBytes(6).toString('hex')}`, DATA);
  // An empty directory in its place would keep the link out.
  await rmdir(dataDirectory).catch(() => undefined);
  await symlink(data, dataDirectory);
  return makeEntry(data, dataDirectory);
}

/** Where our link leads; undefined where there is none, or another's. */
async function linkedData(dataDirectory: string, place: string): Promise<string | undefined> {
  const linked = await readlink(dataDirectory).catch(() => undefined);
  return linked?.startsWith(`${place}/`) ? linked : undefined;
}

/** Makes the entry again if somebody has tidied up: the database begins anew then. */
async function makeEntry(data: string, link: string): Promise<string> {
  const entry = dirname(data);
  await mkdir(entry, { recursive: true, mode: 0o755 });
  await chmod(entry, 0o755);
  await writeFile(join(entry, LINK), `${link}\n`);
  return data;
}

/** Whole or not at all, whoever else copies at the same time. */
async function copyPrograms(native: string, copy: string): Promise<void> {
  const unfinished = `${copy}.${randomBytes(6).toString('hex')}`;
  try {
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // The other one's copy is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** An installation with a closed umask has files that only root may read. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
