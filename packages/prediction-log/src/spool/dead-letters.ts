/** Rows that the store can never keep, as lines of a file beside the spool: `<host>-<random>.dead-letters.jsonl`. */
import { randomUUID } from 'node:crypto';
import { appendFile, readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type DeadLetters, explainedLines } from '../dead-letters-port.ts';
import { makeDirectory } from '../make-directory.ts';

const DEAD_LETTERS_ENDING = '.dead-letters.jsonl';
const OWNER_ONLY = 0o600;

/** Where they go, and which dataset they are of. */
export interface DeadLettersOptions {
  /** Made when absent. */
  readonly directory: string;
  /** The dataset's target: a line says it, so that the row can be sent again to its column. */
  readonly target: string;
  /** Beyond this size of all such files in the directory no row is taken. */
  readonly maxBytes: number;
}

/** Rows for a file of this process, made with the first. */
export function openDeadLetters({ directory, target, maxBytes }: DeadLettersOptions): DeadLetters {
  const path = join(directory, `${hostname()}-${randomUUID().slice(0, 8)}${DEAD_LETTERS_ENDING}`);
  return {
    async keep(batch, reason) {
      const setAsideAt = new Date().toISOString();
      const text = explainedLines(batch, { target, setAsideAt, reason })
        .map((line) => `${line}\n`)
        .join('');
      await makeDirectory(directory);
      if ((await bytesOf(directory)) + Buffer.byteLength(text) > maxBytes)
        throw new Error(`${directory} has no room for more dead letters`);
      await appendFile(path, text, { flush: true, mode: OWNER_ONLY });
    },
  };
}

/** Paths of all files of dead letters in the directory. */
export async function listDeadLetters(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => name.includes(DEAD_LETTERS_ENDING))
    .sort()
    .map((name) => join(directory, name));
}

async function bytesOf(directory: string): Promise<number> {
  const sizes = await Promise.all(
    (await listDeadLetters(directory)).map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
