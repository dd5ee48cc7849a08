/** A file of this process to which lines are added: a batch of them, or none. */
import { appendFile, stat, truncate } from 'node:fs/promises';

/** Made with its first line. */
export interface LineFile {
  /** Adds the lines that `makeLines` gives; calls run one after another. */
  append(makeLines: () => readonly string[]): Promise<void>;
}

/** The file at that path; nobody else writes it. */
export function createLineFile(path: string): LineFile {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    append(makeLines) {
      const result = turn.then(() => appendWhole(path, makeLines()));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

async function appendWhole(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const before = await sizeOf(path);
  try {
    await appendFile(path, `${lines.join('\n')}\n`);
  } catch (error) {
    // A full disk takes half a batch: what is cut off here is sent again.
    await truncate(path, before).catch(() => undefined);
    throw error;
  }
}

/** Bytes of the file, 0 when there is none. Any other failure is one: taken for 0, it would have the whole file cut off. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
