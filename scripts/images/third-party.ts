/**
 * Writes what an image says of the packages in it: `THIRD-PARTY-NOTICES.txt` with the texts of their licences, `sbom.cdx.json` for tools.
 *
 *     npm sbom --package-lock-only --sbom-format=cyclonedx > sbom.json
 *     node scripts/images/third-party.ts --sbom sbom.json --out DIR [--metafile FILE]… [--workspace FOLDER]… [--package FOLDER]…
 *
 * `--metafile` names what esbuild wrote beside a bundle: the packages that are really in it. `--workspace` names one that another bundler
 * builds, which doesn't tell: all that it needs when it runs. `--package` names one of which files
 * are copied. `npm sbom --workspace` would leave out whatever the root needs as well.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { billOf, formatNotices, readNotice } from './notices.ts';
import { packagesInBundle, packagesOfWorkspace } from './packages.ts';

const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true, default: [] as string[] } as const;
const { values } = parseArgs({ options: { sbom: text, out: text, metafile: many, workspace: many, package: many } });
if (!values.sbom || !values.out) throw new TypeError('--sbom FILE and --out DIR are needed');

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const lock = readJson('package-lock.json');
const folders = new Set([
  ...values.package,
  ...values.metafile.flatMap((path) => packagesInBundle(readJson(path))),
  ...values.workspace.flatMap((workspace) => packagesOfWorkspace(lock, workspace)),
]);
const notices = [...folders].sort().map((folder) => readNotice('.', folder));
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'THIRD-PARTY-NOTICES.txt'), formatNotices(notices));
writeFileSync(join(values.out, 'sbom.cdx.json'), `${JSON.stringify(billOf(notices, readJson(values.sbom)), null, 2)}\n`);
process.stdout.write(`${notices.length} packages\n`);
