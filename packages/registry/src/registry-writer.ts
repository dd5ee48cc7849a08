/** Changes of a registry, for who holds its lock. */
import { basename, join } from 'node:path';
import { readModelFile } from '@iris/model-file';
import { replaceDurably } from '@iris/model-file/durable';
import { currentName, listVersions, requireVersion } from './contents.ts';
import { RegistryError } from './errors.ts';
import { appendHistory, type HistoryEntry, modelBefore, readHistory, rollbackSince } from './history.ts';
import type { HeldLock } from './lock.ts';
import { CURRENT_MODEL_FILE, modelPath } from './reader.ts';
import { type Candidate, readVerdict, removeLeftOvers, removeVersion, verifyVersion, writeVersion } from './version-folder.ts';
import { isVersionName, versionName, versionNumber } from './version-name.ts';

/** What a writer works with. */
interface WriterOptions {
  readonly directory: string;
  readonly lock: HeldLock;
  readonly by: string;
  readonly now: () => Date;
}

/** Why, and whether the gate is overruled. */
export interface PromotionOptions {
  readonly reason: string;
  /** Also a version that the gate refused or never judged. */
  readonly force?: boolean;
}

/** Adds, promotes and removes; each is done whole or not at all. */
export class RegistryWriter {
  readonly #directory: string;
  readonly #lock: HeldLock;
  readonly #by: string;
  readonly #now: () => Date;

  constructor({ directory, lock, by, now }: WriterOptions) {
    this.#directory = directory;
    this.#lock = lock;
    this.#by = by;
    this.#now = now;
  }

  /** Name of the model in service, which nobody else changes meanwhile. */
  current(): Promise<string | undefined> {
    return currentName(this.#directory);
  }

  /**
   * For a change that somebody decided on before the lock was taken: two who go back at the same time mean one step, not two.
   *
   * @param seen what was in service then; null where nothing was.
   * @throws RegistryError `REGISTRY_CURRENT_CHANGED` where another one is by now.
   */
  async requireCurrent(seen: string | null): Promise<void> {
    const current = await this.current();
    if ((current ?? null) === seen) return;
    const state = current === undefined ? 'no model is in service' : `${current} is in service`;
    throw new RegistryError(
      'REGISTRY_CURRENT_CHANGED',
      `${state} by now, not ${seen ?? 'none'}: look again before you change it`,
    );
  }

  /** Keeps a candidate as the next version, whatever its verdict; it is not in service by that. Gives its name. */
  async add(candidate: Candidate): Promise<string> {
    await removeLeftOvers(this.#directory);
    const name = versionName((await this.#greatestNumber()) + 1);
    await writeVersion(this.#directory, name, candidate, () => this.#lock.assertHeld());
    return name;
  }

  /**
   * Puts a version, or a model file that lies in the registry, into service; where it is, nothing is done but to confirm a rollback. Gives the name of what was in service before.
   *
   * @throws RegistryError `REGISTRY_VERSION_UNKNOWN`, `REGISTRY_VERSION_DAMAGED`, or `REGISTRY_VERSION_REFUSED` without `force`.
   */
  async promote(name: string, { reason, force = false }: PromotionOptions): Promise<string | undefined> {
    await this.#requireSound(name);
    if (!force) await this.#requireUnchanged(name);
    const verdict = await readVerdict(this.#directory, name);
    const isOverruled = verdict?.verdict !== 'passed';
    if (isOverruled && !force) {
      const why = verdict ? 'was refused by the gate' : 'was never judged by the gate';
      throw new RegistryError('REGISTRY_VERSION_REFUSED', `${name} ${why}: promoting it takes --force`);
    }
    return this.#putIntoService('promote', name, reason, isOverruled);
  }

  /**
   * Puts the model into service that was before the current one, or the one that is named; it was once in service, so that no verdict is asked for.
   *
   * @throws RegistryError `REGISTRY_NO_EARLIER` where there is none, or the named one never was; else as `promote`.
   */
  async rollback(reason: string, to?: string): Promise<{ readonly from: string | undefined; readonly to: string }> {
    const current = await this.current();
    const history = await readHistory(this.#directory);
    const target = to ?? (current === undefined ? undefined : modelBefore(history, current));
    const wasInService = history.entries.some(({ action, version, previous }) => {
      return (action !== 'remove' && version === target) || previous === target;
    });
    if (target === undefined || !wasInService) {
      const what = to === undefined ? `no model was in service before ${current ?? 'now'}` : `${to} was never in service`;
      throw new RegistryError('REGISTRY_NO_EARLIER', `${what}: promote a version instead`);
    }
    await this.#requireSound(target);
    return { from: await this.#putIntoService('rollback', target, reason, false), to: target };
  }

  /**
   * Removes all versions but the newest, the current one, and the one that a rollback would bring back.
   *
   * @param keep how many of the newest stay, at least one, so that no number is given twice.
   * @returns names of those removed.
   */
  async prune(keep: number, reason: string): Promise<string[]> {
    const current = await this.current();
    const earlier = current === undefined ? undefined : modelBefore(await readHistory(this.#directory), current);
    const names = await listVersions(this.#directory);
    const removed = names.slice(0, -Math.max(1, keep)).filter((name) => name !== current && name !== earlier);
    for (const version of removed) {
      await this.#lock.assertHeld();
      await appendHistory(this.#directory, this.#entry('remove', version, current, reason));
      await removeVersion(this.#directory, version);
    }
    await removeLeftOvers(this.#directory);
    return removed;
  }

  async #putIntoService(
    action: 'promote' | 'rollback',
    name: string,
    reason: string,
    forced: boolean,
  ): Promise<string | undefined> {
    const previous = await this.current();
    // Who promotes the model that a rollback brought back says that it is to stay: what trains by itself goes by that line.
    const isConfirmed = action === 'promote' && rollbackSince(await readHistory(this.#directory)) !== undefined;
    if (previous === name && !isConfirmed) return previous;
    const entry = { ...this.#entry(action, name, previous, reason), ...(forced && { forced: true as const }) };
    // The line first: a change that nobody wrote down would be worse than a line about one that a crash prevented.
    await replaceDurably(join(this.#directory, CURRENT_MODEL_FILE), `${name}\n`, async () => {
      await appendHistory(this.#directory, entry);
      await this.#lock.assertHeld();
    });
    return previous;
  }

  #entry(action: HistoryEntry['action'], version: string, previous: string | undefined, reason: string): HistoryEntry {
    return { at: this.#now().toISOString(), by: this.#by, action, version, previous: previous ?? null, reason };
  }

  async #requireSound(name: string): Promise<void> {
    // Of anything that is no name of a file, the versions that there are tell more than what the file system says.
    if (isVersionName(name) || name !== basename(name)) await requireVersion(this.#directory, name);
    try {
      await readModelFile(modelPath(this.#directory, name));
    } catch (error) {
      throw new RegistryError('REGISTRY_VERSION_DAMAGED', `${name} cannot be served: ${(error as Error).message}`, error);
    }
  }

  /** A verdict that somebody wrote by hand is none. */
  async #requireUnchanged(name: string): Promise<void> {
    const faults = isVersionName(name) ? await verifyVersion(this.#directory, name) : [];
    if (faults.length === 0) return;
    throw new RegistryError('REGISTRY_VERSION_DAMAGED', `${name} is not as it was written: ${faults.join('; ')}`);
  }

  /** Also of versions that were removed: a name means one model for ever. */
  async #greatestNumber(): Promise<number> {
    const { entries } = await readHistory(this.#directory);
    const names = [...(await listVersions(this.#directory)), ...entries.map(({ version }) => version)];
    return Math.max(0, ...names.map((name) => versionNumber(name) ?? 0));
  }
}
