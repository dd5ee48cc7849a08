/** A registry of models: a directory with versions, of which one is in service. */
import { join } from 'node:path';
import { assertPlaceWritable, makeDirectories } from '@iris/model-file/place';
import { currentName, listVersions, requireVersion } from './contents.ts';
import { RegistryError } from './errors.ts';
import { type History, readHistory } from './history.ts';
import { acquireLock, type LockOptions } from './lock.ts';
import { CURRENT_MODEL_FILE } from './reader.ts';
import { RegistryWriter } from './registry-writer.ts';
import type { Verdict } from './verdict.ts';
import { readRowHashes, readVerdict, verifyVersion } from './version-folder.ts';
import { isVersionName } from './version-name.ts';
import type { VersionSummary } from './version-summary.ts';

const LOCK_FOLDER = 'lock';

/** Where the registry is, and who works on it. */
export interface RegistryOptions extends Omit<LockOptions, 'folder' | 'owner'> {
  readonly directory: string;
  /** Who works on it, such as `ada@laptop`: for the history, and for those who wait. */
  readonly by: string;
  /** Wall clock of the history. */
  readonly now?: () => Date;
}

/** A version or another part of the registry that is not as it should be. */
export interface RegistryFault {
  /** Name of the version or file. */
  readonly where: string;
  readonly detail: string;
}

/** Reads a registry at once, and changes it under its lock. */
export class Registry {
  readonly directory: string;
  readonly #options: RegistryOptions;

  constructor(options: RegistryOptions) {
    this.directory = options.directory;
    this.#options = options;
  }

  /**
   * Makes the directory where it is absent, and checks that it can be written: for before a long training.
   *
   * @throws RegistryError `REGISTRY_UNWRITABLE`; what the file system says where there can be no directory.
   */
  async prepare(): Promise<void> {
    try {
      await makeDirectories(this.directory);
      await assertPlaceWritable(join(this.directory, CURRENT_MODEL_FILE));
    } catch (error) {
      throw (await this.#explain(error as NodeJS.ErrnoException)) ?? error;
    }
  }

  /** Name of the model in service: a version's, or a file's; undefined where `current_model.txt` names none. */
  current(): Promise<string | undefined> {
    return currentName(this.directory);
  }

  /** Versions, oldest first. @throws RegistryError `REGISTRY_MISSING`. */
  async list(): Promise<VersionSummary[]> {
    const current = await this.current();
    const names = await listVersions(this.directory);
    return Promise.all(
      names.map(async (name) => {
        const verdict = await readVerdict(this.directory, name);
        return { name, isCurrent: name === current, ...(verdict && { verdict }) };
      }),
    );
  }

  /** What the gate said of a version; undefined where there is none. @throws RegistryError `REGISTRY_VERSION_UNKNOWN`. */
  async verdict(name: string): Promise<Verdict | undefined> {
    await requireVersion(this.directory, name);
    return readVerdict(this.directory, name);
  }

  /** Hashes of the rows that a version was trained on; undefined where they are not known, as those of a file are not. */
  rowHashes(name: string): Promise<ReadonlySet<string> | undefined> {
    return readRowHashes(this.directory, name);
  }

  /** Changes of the model in service, and removals. */
  history(): Promise<History> {
    return readHistory(this.directory);
  }

  /**
   * Checks every version against its checksums, the name in `current_model.txt`, and the history.
   *
   * @returns all faults; none where all is well. @throws RegistryError `REGISTRY_MISSING`.
   */
  async verify(): Promise<RegistryFault[]> {
    const names = await listVersions(this.directory);
    const faults: RegistryFault[] = [];
    for (const name of names) {
      faults.push(...(await verifyVersion(this.directory, name)).map((detail) => ({ where: name, detail })));
    }
    const current = await this.current();
    if (current !== undefined && isVersionName(current) && !names.includes(current)) {
      faults.push({ where: 'current_model.txt', detail: `it names ${current}, which is not there` });
    }
    const { damagedLines } = await this.history();
    if (damagedLines > 0) faults.push({ where: 'history.jsonl', detail: `lines that cannot be read: ${damagedLines}` });
    return faults;
  }

  /**
   * Changes the registry while no other writer does.
   *
   * @param work what to change; the lock is given up when it ends.
   * @throws RegistryError as its code says; what `work` throws.
   */
  async update<T>(work: (writer: RegistryWriter) => Promise<T>): Promise<T> {
    await listVersions(this.directory);
    try {
      return await this.#locked(work);
    } catch (error) {
      throw (await this.#explain(error as NodeJS.ErrnoException)) ?? error;
    }
  }

  async #locked<T>(work: (writer: RegistryWriter) => Promise<T>): Promise<T> {
    const { directory, by, now = () => new Date(), ...lockOptions } = this.#options;
    const lock = await acquireLock({ ...lockOptions, folder: join(directory, LOCK_FOLDER), owner: by });
    try {
      return await work(new RegistryWriter({ directory, lock, by, now }));
    } finally {
      await lock.release();
    }
  }

  /** What the file system says, in words that say what to do. */
  async #explain(error: NodeJS.ErrnoException): Promise<RegistryError | undefined> {
    const { code = '' } = error;
    const reason = UNWRITABLE[code];
    if (reason === undefined) return undefined;
    const current = await this.current();
    const state = current === undefined ? 'no model is in service' : `the model in service is ${current}, as before`;
    return new RegistryError(
      'REGISTRY_UNWRITABLE',
      `the registry ${this.directory} cannot be written: ${reason} (${code}); ${state}`,
      error,
    );
  }
}

const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full: remove old versions with prune, or enlarge it',
  EDQUOT: 'its quota is used up: remove old versions with prune, or enlarge it',
  EROFS: 'it is mounted read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
};
