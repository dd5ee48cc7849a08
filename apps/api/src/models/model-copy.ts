/** A copy of the model last served, in a folder of this machine: a restart while MLflow is away serves it. */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { replaceDurably } from '@iris/model-file/durable';

const SUFFIX = '.json';

/** A copy that is there. */
interface KeptCopy {
  /** Version of the registered model. */
  readonly version: string;
  readonly path: string;
}

/** Keeps one model. */
export interface ModelCopy {
  /** The copy, if there is one; never rejects. */
  find(): Promise<KeptCopy | undefined>;
  /** Replaces it, in one step. */
  keep(version: string, text: string): Promise<void>;
}

/** A copy in a folder of its own, which must exist. */
export function openModelCopy(directory: string): ModelCopy {
  return {
    async find() {
      const files = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith(SUFFIX));
      const dated = await Promise.all(files.map(async (name) => ({ name, time: await changeTime(join(directory, name)) })));
      // A crash may have left the one before beside it.
      const newest = dated.sort((a, b) => b.time - a.time)[0];
      return newest && { version: newest.name.slice(0, -SUFFIX.length), path: join(directory, newest.name) };
    },
    async keep(version, text) {
      const name = `${version}${SUFFIX}`;
      // The version is a word of the server's.
      if (name !== basename(name)) throw new Error(`the version ${JSON.stringify(version)} is no name of a file`);
      await replaceDurably(join(directory, name), text);
      // Another server of this machine may be writing the same version just now.
      const others = (await readdir(directory)).filter((other) => other !== name && !other.startsWith(`.${name}.`));
      await Promise.all(others.map((other) => rm(join(directory, other), { force: true })));
    },
  };
}

/** Another server of this machine may have removed the file meanwhile: then it is the oldest. */
function changeTime(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
