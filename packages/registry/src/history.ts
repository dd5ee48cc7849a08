/** `history.jsonl`: one line for each change of the model in service and each removal, in the order in which they were made. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HISTORY_FILE = 'history.jsonl';

/** One change. */
export interface HistoryEntry {
  /** ISO 8601, by the clock of the machine that made it. */
  readonly at: string;
  /** Who made it. */
  readonly by: string;
  readonly action: 'promote' | 'rollback' | 'remove';
  /** Version that came into service or was removed, or the file's name. */
  readonly version: string;
  /** What was in service before; null where nothing was. */
  readonly previous: string | null;
  readonly reason: string;
  /** Present where the gate's verdict was overruled. */
  readonly forced?: true;
}

/** What the file holds. */
export interface History {
  /** Oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Lines that cannot be read, such as one whose writer was killed. */
  readonly damagedLines: number;
}

/** Reads the history; there need not be one. */
export async function readHistory(directory: string): Promise<History> {
  const text = await readFile(join(directory, HISTORY_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').filter((line) => line !== '');
  const entries = lines.flatMap((line) => parseEntry(line) ?? []);
  return { entries, damagedLines: lines.length - entries.length };
}

/** Adds a line, and returns once it is on the disk; where that fails, the file is as it was. Only who holds the lock may. */
export async function appendHistory(directory: string, entry: HistoryEntry): Promise<void> {
  const file = await open(join(directory, HISTORY_FILE), 'a+');
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    // A writer that was killed may have left half a line.
    const gap = bytesRead === 1 && buffer.toString() !== '\n' ? '\n' : '';
    try {
      await file.writeFile(`${gap}${JSON.stringify(entry)}\n`);
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
}

/**
 * What was in service before a model was promoted for the last time.
 *
 * Not what the last change replaced: a rollback that is followed by another goes one further back, and not to the model that was given up.
 */
export function modelBefore({ entries }: History, name: string): string | undefined {
  const promotion = entries.findLast(({ action, version, previous }) => {
    return action === 'promote' && version === name && previous !== name;
  });
  return promotion?.previous ?? undefined;
}

/** The rollback by which the model in service came there; undefined where a model was promoted since. */
export function rollbackSince({ entries }: History): HistoryEntry | undefined {
  const newest = entries.findLast(({ action }) => action !== 'remove');
  return newest?.action === 'rollback' ? newest : undefined;
}

function parseEntry(line: string): HistoryEntry | undefined {
  try {
    const entry: HistoryEntry = JSON.parse(line);
    return typeof entry.at === 'string' && typeof entry.version === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
