/** A version's folder: written under a temporary name, never changed once it has its own. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseModelDocument, readModelFile, serializeModel, type UnsealedDocument } from '@iris/model-file';
import { syncFolder, writeDurably } from '@iris/model-file/durable';
import { MODEL_FILE, modelPath } from './reader.ts';
import type { Verdict } from './verdict.ts';
import { isVerdict, VERDICT_FILE, verdictFiles } from './verdict-files.ts';

const ROWS_FILE = 'rows.txt';
/** In the form of `sha256sum`, so that `sha256sum -c SHA256SUMS` says the same. */
const SUMS_FILE = 'SHA256SUMS';
const SUMMED_FILES = [MODEL_FILE, VERDICT_FILE, ROWS_FILE];
/** A verdict on hundreds of classes has a tenth of this. */
const MAX_VERDICT_BYTES = 1024 * 1024;
const SUM_LINE = /^([0-9a-f]{64}) {2}(.+)$/;
const TEMPORARY = /^\.(v\d+|current_model\.txt)\..*\.tmp$/;

/** A model that was trained and judged. */
export interface Candidate {
  readonly document: UnsealedDocument;
  /** Of the rows that it was trained on, as `hashRows` gives them. */
  readonly rowHashes: readonly string[];
  readonly verdict: Verdict;
}

/**
 * Writes a folder whole: readers see all of it or nothing, after a crash too.
 *
 * @param beforeRename runs when all is on the disk and nobody sees it yet.
 * @throws what `parseModelDocument` throws for an unsound document, and what the file system says.
 */
export async function writeVersion(
  directory: string,
  name: string,
  { document, rowHashes, verdict }: Candidate,
  beforeRename: () => Promise<void>,
): Promise<void> {
  const model = serializeModel(document);
  parseModelDocument(model);
  const files = {
    [MODEL_FILE]: model,
    ...verdictFiles(verdict),
    [ROWS_FILE]: rowHashes.map((hash) => `${hash}\n`).join(''),
  };
  const temporary = join(directory, `.${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(temporary);
    for (const [file, text] of Object.entries(files)) await writeDurably(join(temporary, file), text);
    await writeDurably(join(temporary, SUMS_FILE), sumsOf(files));
    await syncFolder(temporary);
    await beforeRename();
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(directory);
}

/** Removes a folder: readers see all of it or nothing. */
export async function removeVersion(directory: string, name: string): Promise<void> {
  const temporary = join(directory, `.${name}.${randomUUID()}.tmp`);
  await rename(join(directory, name), temporary);
  await syncFolder(directory);
  await rm(temporary, { recursive: true });
}

/** Clears away what killed writers left. Only who holds the lock may. */
export async function removeLeftOvers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (TEMPORARY.test(name)) await rm(join(directory, name), { recursive: true, force: true });
  }
}

/** What the gate said; undefined where there is none, or none that can be read. */
export async function readVerdict(directory: string, name: string): Promise<Verdict | undefined> {
  try {
    const path = join(directory, name, VERDICT_FILE);
    if ((await stat(path)).size > MAX_VERDICT_BYTES) return undefined;
    const verdict: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isVerdict(verdict) ? verdict : undefined;
  } catch {
    return undefined;
  }
}

/** Hashes of the rows that a version was trained on; undefined where they are not known. */
export async function readRowHashes(directory: string, name: string): Promise<ReadonlySet<string> | undefined> {
  const text = await readFile(join(directory, name, ROWS_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : new Set(text.split('\n').filter((line) => line !== ''));
}

/** Checks a version's files against their sums, and the model file by its own rules. Gives a sentence for each fault. */
export async function verifyVersion(directory: string, name: string): Promise<string[]> {
  const folder = join(directory, name);
  const sums = await readFile(join(folder, SUMS_FILE), 'utf8').catch(() => undefined);
  const faults = sums === undefined ? [`${SUMS_FILE} is missing`] : await checkSums(folder, sums);
  await readModelFile(modelPath(directory, name)).catch((error: Error) => faults.push(error.message));
  return faults;
}

function sumsOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([file, text]) => `${sha256(text)}  ${file}\n`)
    .join('');
}

/** What programs read of a version needs a line: without one, a change of the file would not be seen. */
async function checkSums(folder: string, sums: string): Promise<string[]> {
  const faults: string[] = [];
  const summed = new Set<string>();
  for (const line of sums.split('\n').filter((each) => each !== '')) {
    const [, sum, file] = SUM_LINE.exec(line) ?? [];
    if (file !== undefined) summed.add(file);
    const content = file === undefined ? undefined : await readFile(join(folder, file)).catch(() => undefined);
    if (file === undefined) faults.push(`${SUMS_FILE} has a line that cannot be read`);
    else if (content === undefined) faults.push(`${file} is missing`);
    else if (sha256(content) !== sum) faults.push(`${file} was changed after it was written`);
  }
  for (const file of SUMMED_FILES) if (!summed.has(file)) faults.push(`${SUMS_FILE} has no line for ${file}`);
  return faults;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
