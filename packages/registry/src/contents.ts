/** What is in a registry's directory. */
import { readdir, stat } from 'node:fs/promises';
import { RegistryError } from './errors.ts';
import { readPointer } from './reader.ts';
import { isVersionName, versionNumber } from './version-name.ts';

/** Names of the versions, oldest first. @throws RegistryError `REGISTRY_MISSING`. */
export async function listVersions(directory: string): Promise<string[]> {
  const isDirectory = await stat(directory).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isDirectory) {
    throw new RegistryError(
      'REGISTRY_MISSING',
      `there is no registry at ${directory}: npm run train -- … --registry ${directory} makes one`,
    );
  }
  return (await readdir(directory)).filter(isVersionName).sort((a, b) => versionNumber(a)! - versionNumber(b)!);
}

/** Name of the model in service: a version's, or a file's; undefined where `current_model.txt` names none. */
export async function currentName(directory: string): Promise<string | undefined> {
  const pointer = await readPointer(directory);
  return 'problem' in pointer ? undefined : pointer.name;
}

/** @throws RegistryError `REGISTRY_VERSION_UNKNOWN` for a name that no version has. */
export async function requireVersion(directory: string, name: string): Promise<void> {
  const names = await listVersions(directory);
  if (names.includes(name)) return;
  const known = names.length > 0 ? `its versions are ${names.join(', ')}` : 'it has none yet';
  throw new RegistryError('REGISTRY_VERSION_UNKNOWN', `there is no version ${name} in the registry ${directory}: ${known}`);
}
