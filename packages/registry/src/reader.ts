/** What a server needs of a registry: which model is in service, and where its file lies. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isVersionName } from './version-name.ts';

/** File in the registry that names the model in service: a version, or a file beside it. */
export const CURRENT_MODEL_FILE = 'current_model.txt';
/** File in a version's folder that holds the model. */
export const MODEL_FILE = 'model.json';

/** Why no model is named. */
export type PointerProblem = 'REGISTRY_NOT_MOUNTED' | 'CURRENT_MODEL_MISSING' | 'CURRENT_MODEL_EMPTY' | 'CURRENT_MODEL_OUTSIDE';

/** The name in `current_model.txt` at one moment. */
export interface Pointer {
  /** A version such as `v0001`, or a file name. */
  readonly name: string;
  /** Differs whenever the file has been written or replaced. */
  readonly identity: string;
}

/** Reads which model is in service. */
export async function readPointer(directory: string): Promise<Pointer | { readonly problem: PointerProblem }> {
  try {
    const { text, identity } = await readWhole(join(directory, CURRENT_MODEL_FILE));
    return checkName(text.trim(), `${text}:${identity}`);
  } catch {
    const mounted = await stat(directory).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    return { problem: mounted ? 'CURRENT_MODEL_MISSING' : 'REGISTRY_NOT_MOUNTED' };
  }
}

/** Path of the model that a pointer names: `v0001/model.json` for a version, else the file itself. */
export function modelPath(directory: string, name: string): string {
  return isVersionName(name) ? join(directory, name, MODEL_FILE) : join(directory, name);
}

/** Changes whenever a file is written or replaced; a file that is not there has one too. */
export async function fileIdentity(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs}:${size}:${ino}`,
    () => 'absent',
  );
}

/** A file as it was at one moment: read between its writing and its time, the same model would be served twice. */
async function readWhole(path: string): Promise<{ readonly text: string; readonly identity: string }> {
  for (let identity = await fileIdentity(path); ; ) {
    const text = await readFile(path, 'utf8');
    const before = identity;
    identity = await fileIdentity(path);
    if (identity === before) return { text, identity };
  }
}

function checkName(name: string, identity: string): Pointer | { readonly problem: PointerProblem } {
  if (name === '') return { problem: 'CURRENT_MODEL_EMPTY' };
  if (name !== basename(name)) return { problem: 'CURRENT_MODEL_OUTSIDE' };
  return { name, identity };
}
