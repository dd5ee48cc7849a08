/**
 * Works on a registry on a small disk of its own, which nobody else sees and which is gone with this process:
 *
 *     unshare --mount sh -c 'mount -t tmpfs -o size=1m tmpfs DIRECTORY && exec node test-full-disk.ts DIRECTORY'
 *
 * Prints, as JSON, what came of adding and promoting with no page of the disk left, with one, with two, …, and on the disk mounted read-only.
 */
import { execFileSync } from 'node:child_process';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { readModelFile } from '@iris/model-file';
import { modelPath } from './reader.ts';
import { Registry } from './registry.ts';
import { testCandidate } from './test-candidates.ts';

/** More than adding and promoting takes. */
const MOST_PAGES = 40;

const directory = argv[2]!;
const filler = join(directory, 'filler');
const registry = new Registry({ directory, by: 'a test' });

/** What came of one attempt. */
export interface Attempt {
  readonly pages: number;
  /** Code and message of the error; absent where it worked. */
  readonly code?: string | undefined;
  readonly message?: string;
  /** Version of the model that can be read afterwards. */
  readonly serves: string;
  readonly faults: number;
}

async function attempt(pages: number): Promise<Attempt> {
  const outcome = await addAndPromote().catch(({ code, message }) => ({ code, message }));
  const serves = (await readModelFile(modelPath(directory, (await registry.current())!))).version;
  return { pages, ...outcome, serves, faults: (await registry.verify()).length };
}

async function addAndPromote(): Promise<object> {
  await registry.update(async (writer) => {
    await writer.promote(await writer.add(testCandidate('0.2.0')), { reason: 'a test' });
  });
  return {};
}

/** Leaves so many pages of the disk. */
async function fill(pages: number): Promise<void> {
  await rm(filler, { force: true });
  const { bavail, bsize } = await statfs(directory);
  await writeFile(filler, Buffer.alloc((bavail - pages) * bsize));
}

await registry.update(async (writer) => writer.promote(await writer.add(testCandidate('0.1.0')), { reason: 'a test' }));
const attempts: Attempt[] = [];
for (let pages = 0; pages <= MOST_PAGES && attempts.at(-1)?.serves !== '0.2.0'; pages++) {
  await fill(pages);
  attempts.push(await attempt(pages));
}
await rm(filler);
execFileSync('mount', ['-o', 'remount,bind,ro', directory]);
const unprepared = await registry.prepare().catch(({ message }) => message);
stdout.write(JSON.stringify({ attempts, readOnly: await attempt(-1), unprepared }));
