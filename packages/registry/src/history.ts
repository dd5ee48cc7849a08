/** `history.jsonl`: one line for each change of the model in service and each removal, in the order in which they were made. */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HISTORY_FILE = 'history.jsonl';
/** Read at most for the newest entries: some hundred of them. */
const TAIL_BYTES = 128 * 1024;

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

/** The newest entries, newest first, of a history of any length; those before the file's last 128 KiB are not looked at. */
export async function readRecentHistory(directory: string, limit: number): Promise<HistoryEntry[]> {
  const tail = await readTail(join(directory, HISTORY_FILE));
  const entries = tail.split('\n').flatMap((line) => parseEntry(line) ?? []);
  return entries.reverse().slice(0, limit);
}

/** The end of a file; its first line may be cut. */
async function readTail(path: string): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
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
    const { at, by, action, version, previous, reason } = entry;
    const isWhole = [at, by, action, version, previous ?? '', reason].every((member) => typeof member === 'string');
    return isWhole ? entry : undefined;
  } catch {
    return undefined;
  }
}
