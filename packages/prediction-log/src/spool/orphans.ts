/** Takes over the segments of processes that no longer live. */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSegment, type Segment } from './segment.ts';
import { leasePath, segmentOwner } from './segment-name.ts';

/** What adopting needs. */
export interface AdoptOptions {
  readonly directory: string;
  readonly owner: string;
  /** Age from which a lease no longer counts. */
  readonly leaseMs: number;
  /** Wall clock, milliseconds. */
  readonly now: number;
  /** Bytes that may still be taken over. */
  readonly maxBytes: number;
  /** Called before each is taken: what is ours needs a lease, or it would be taken from us again. */
  readonly beforeTaking: () => Promise<void>;
  /** Path for the next segment taken over; called from the newest to the oldest. */
  readonly nextPath: () => string;
  /** Files that were found to be unusable: not tried again, and added to. */
  readonly unusable: Set<string>;
  /** Told of each file that turns out to be unusable. */
  readonly onUnusable: (path: string, error: Error) => void;
}

/**
 * Renames the segments of dead owners into ours. A rename has one winner, and a mistaken one does no harm: rows that two processes send
 * have the same `recordId` and are kept once.
 *
 * @returns the segments, oldest first
 */
export async function adoptOrphans(options: AdoptOptions): Promise<Segment[]> {
  const names = (await readdir(options.directory)).sort().reverse();
  const adopted: Segment[] = [];
  let bytes = 0;
  for (const name of names) {
    const path = join(options.directory, name);
    if (!(await isOrphan(name, options))) continue;
    const size = await stat(path).then(
      (file) => file.size,
      () => 0,
    );
    // What is beyond our bound stays for a process with room; taking it would mean dropping.
    if (bytes + size > options.maxBytes) break;
    await options.beforeTaking();
    try {
      const segment = await take(path, options.nextPath());
      if (segment) adopted.unshift(segment);
      bytes += segment?.bytes ?? 0;
      await rm(leasePath(options.directory, segmentOwner(name) ?? ''), { force: true });
    } catch (error) {
      // Somebody else's rights or a disk's fault: that file stays for people to look at, and must not stop everything else.
      options.unusable.add(name);
      options.onUnusable(path, error as Error);
    }
  }
  return adopted;
}

async function isOrphan(name: string, { directory, owner, leaseMs, now, unusable }: AdoptOptions): Promise<boolean> {
  const segmentOf = segmentOwner(name);
  if (segmentOf === undefined || segmentOf === owner || unusable.has(name)) return false;
  const renewedAt = await stat(leasePath(directory, segmentOf)).then(
    (file) => file.mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
  return now - renewedAt > leaseMs;
}

async function take(from: string, to: string): Promise<Segment | undefined> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const [content, { size }] = await Promise.all([readSegment(to), stat(to)]);
    const rows = content ? content.batch.rows + content.damagedLines : 0;
    if (rows > 0) return { path: to, rows, bytes: size };
    await rm(to, { force: true });
    return undefined;
  } catch (error) {
    await rename(to, from).catch(() => undefined);
    throw error;
  }
}
