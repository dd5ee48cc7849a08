/** A change of the model in service, made in the registry under its lock. */
import { Registry } from '@iris/registry';
import { readRecentHistory } from '@iris/registry/catalogue';

/**
 * Longest wait for another writer. A lock whose holder was killed is free after its lease of 15 s without a beat, and who waits for less
 * than that would never find out.
 */
const LOCK_WAIT_MS = 20_000;

/** What to do. */
export type Change = { readonly reason: string; readonly seen?: string | null } & (
  | { readonly action: 'promote'; readonly version: string; readonly force: boolean }
  | { readonly action: 'rollback' }
);

/** A change, where, and by whom. */
export interface ChangeTask {
  readonly directory: string;
  /** For the history; of this change alone. */
  readonly by: string;
  readonly change: Change;
}

/** What it did. */
export interface Changed {
  readonly current: string;
  readonly previous: string | null;
  /** Whether the model that a rollback brought back was in service already, and is to stay: the history says so. */
  readonly isConfirmed: boolean;
}

/** Makes the change. @throws RegistryError as its code says; then the model in service is as before. */
export async function makeChange({ directory, by, change }: ChangeTask): Promise<Changed> {
  const registry = new Registry({ directory, by, waitMs: LOCK_WAIT_MS });
  return registry.update(async (writer) => {
    if (change.seen !== undefined) await writer.requireCurrent(change.seen);
    if (change.action === 'rollback') {
      const { from, to } = await writer.rollback(change.reason);
      return { current: to, previous: from ?? null, isConfirmed: false };
    }
    const previous = await writer.promote(change.version, change);
    const isConfirmed = previous === change.version && (await isNewestBy(directory, by));
    return { current: change.version, previous: previous ?? null, isConfirmed };
  });
}

/** Whether the newest line of the history is from them: `by` is of this change alone. */
async function isNewestBy(directory: string, by: string): Promise<boolean> {
  const [newest] = await readRecentHistory(directory, 1);
  return newest?.by === by;
}
