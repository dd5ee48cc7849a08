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
  const before = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  try {
    await appendFile(path, `${lines.join('\n')}\n`);
  } catch (error) {
    // A full disk takes half a batch: what is cut off here is sent again.
    await truncate(path, before).catch(() => undefined);
    throw error;
  }
}
