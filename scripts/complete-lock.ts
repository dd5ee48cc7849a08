/**
 * Adds to package-lock.json what npm leaves out without a word: optional packages of other platforms that the registry in reach lacks in that
 * exact version. `npm ci` refuses a lock without them. Run it after every change of the lock file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const LOCK = join(import.meta.dirname, '..', 'package-lock.json');
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const SYSTEMS = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'sunos', 'aix', 'openharmony'];
const PROCESSORS = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

/** Stubs for all optional dependencies that have no entry. */
export function missingPackages(packages: Readonly<Record<string, LockedPackage>>): Record<string, object> {
  const missing: Record<string, object> = {};
  for (const { optionalDependencies = {}, dev } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      const platform = platformOf(name);
      // Other optional packages may be absent because they are nested elsewhere.
      if (path in packages || !EXACT_VERSION.test(version) || Object.keys(platform).length === 0) continue;
      missing[path] = { version, optional: true, ...(dev && { dev }), ...platform };
    }
  }
  return missing;
}

function platformOf(name: string): { os?: string[]; cpu?: string[] } {
  const words = name.split(/[-/]/).map((word) => ({ windows: 'win32', macos: 'darwin' })[word] ?? word);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }) };
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
  const missing = missingPackages(lock.packages);
  Object.assign(lock.packages, missing);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${Object.keys(missing).length} packages added\n`);
}
