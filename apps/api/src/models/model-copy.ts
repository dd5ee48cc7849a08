/** A copy of the model last served, in a folder of this machine: a restart while MLflow is away serves it. */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SUFFIX = '.json';

/** A copy that is there. */
interface KeptCopy {
  /** Version of the registered model. */
  readonly version: string;
  readonly path: string;
}

/** Keeps one model. */
export interface ModelCopy {
  /** The copy, if there is one. */
  find(): Promise<KeptCopy | undefined>;
  /** Replaces it, in one step. */
  keep(version: string, text: string): Promise<void>;
}

/** A copy in a folder of its own, which must exist. */
export function openModelCopy(directory: string): ModelCopy {
  return {
    async find() {
      const files = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith(SUFFIX));
      const dated = await Promise.all(files.map(async (name) => ({ name, time: (await stat(join(directory, name))).mtimeMs })));
      // A crash may have left the one before beside it.
      const newest = dated.sort((a, b) => b.time - a.time)[0];
      return newest && { version: newest.name.slice(0, -SUFFIX.length), path: join(directory, newest.name) };
    },
    async keep(version, text) {
      const name = `${version}${SUFFIX}`;
      const temporary = join(directory, `.${randomUUID()}.tmp`);
      await writeFile(temporary, text);
      await rename(temporary, join(directory, name));
      const others = (await readdir(directory)).filter((other) => other !== name);
      await Promise.all(others.map((other) => rm(join(directory, other), { force: true })));
    },
  };
}
