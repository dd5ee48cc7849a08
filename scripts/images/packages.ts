/** Which packages of the lock file are in a program. A package is named by its folder: two versions of it have two folders. */

/** The part of a `package-lock.json` that says what depends on what; the keys of `packages` are folders. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  /** Where a workspace really is, when this is a link to it. */
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The part of esbuild's metafile that says which bytes of the output come from where. */
export interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;
}

/**
 * Packages of which something is in a bundle.
 *
 * @returns folders such as `node_modules/ajv/node_modules/fast-uri`, sorted.
 */
export function packagesInBundle({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => folderOf(path));
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** From `../../node_modules/a/lib/b.js` to `node_modules/a`; the innermost package if there are several. */
function folderOf(path: string): string | undefined {
  return /(node_modules\/.*\/)?node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
}

/**
 * Packages that a workspace needs when it runs, other workspaces left out: more than what a bundler takes of them.
 *
 * Optional ones are left out; peers are in when they are installed.
 *
 * @param workspace its folder, such as `apps/web`.
 * @returns folders, sorted.
 */
export function packagesOfWorkspace({ packages }: Lock, workspace: string): string[] {
  const reached = new Set([workspace]);
  for (const folder of reached) {
    const { dependencies, peerDependencies } = packages[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const found = resolve(packages, folder, name);
      if (found !== undefined) reached.add(found);
    }
  }
  return [...reached].filter((folder) => folder.includes('node_modules/')).sort();
}

/** Node's way: the nearest `node_modules` that has it, from the inside outwards. */
function resolve(packages: Lock['packages'], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.replace(/(^|\/)[^/]*$/, '')) {
    const candidate = `${folder && `${folder}/`}node_modules/${name}`;
    const found = packages[candidate];
    if (found) return found.link ? found.resolved : candidate;
    if (folder === '') return undefined;
  }
}
