/** Takes lines out of a file that a living process may add to, without holding them or the file up. */
import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';

const OWNER_ONLY = 0o600;
/** Lines wait until they are this many characters: not a write for each. */
const PIECE_CHARACTERS = 65_536;
/** A file that is being rewritten has another name, so that a living process does not add to it. */
const TAKEN = /\.[0-9a-f]{8}\.replaying$/;

/** Reads the file `own`, and gives each line that is to stay to `keep`, without its end. */
export type RewriteWork<Result> = (own: string, keep: (line: string) => Promise<void>) => Promise<Result>;

/**
 * Rewrites a file, or goes on with one that a killed process had begun with. Lines that stay are on the disk, in a file of their own, before the old one goes:
 * after a crash rows may be there twice, and the store keeps them once. Where a living process has made its file anew, they get a new name beside it.
 *
 * @throws what `work` throws; all lines stay then, in the file that was taken
 */
export async function rewriteFile<Result>(path: string, work: RewriteWork<Result>): Promise<Result> {
  const own = TAKEN.test(path) ? path : `${path}.${random()}.replaying`;
  if (own !== path) await rename(path, own);
  const part = `${own}.${random()}.part`;
  const file = await open(part, 'wx', OWNER_ONLY);
  let [waiting, isEmpty] = ['', true];
  async function write(): Promise<void> {
    const piece = waiting;
    waiting = '';
    await file.writeFile(piece);
  }
  try {
    const result = await work(own, async (line) => {
      isEmpty = false;
      waiting += `${line}\n`;
      if (waiting.length >= PIECE_CHARACTERS) await write();
    });
    await write();
    await file.sync();
    if (!isEmpty) await giveName(part, nameBefore(own));
    await rm(own, { force: true });
    return result;
  } finally {
    await file.close();
    await rm(part, { force: true });
  }
}

/** Never in the place of another file, as a rename alone would; some file systems have no links. */
async function giveName(part: string, name: string): Promise<void> {
  await link(part, name).catch(() => rename(part, freshName(name)));
}

/** Without what was put behind it, also by a process that was killed while it wrote. */
function nameBefore(own: string): string {
  return own.replace(/(?<=\.dead-letters\.jsonl)\.[^/]*$/, '').replace(TAKEN, '');
}

function freshName(name: string): string {
  return name.replace(/(-[0-9a-f]{8})?(\.dead-letters\.jsonl)?$/, `-${random()}.dead-letters.jsonl`);
}

function random(): string {
  return randomUUID().slice(0, 8);
}
