/** The licence texts of packages, and the bill of materials that lists these packages alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that hold a licence's text or what it asks to be passed on. */
const LEGAL_FILE = /^(licen[cs]e|copying|notice|copyright)/i;
const RULE = `\n${'-'.repeat(100)}\n`;

/** A CycloneDX bill of materials as `npm sbom` writes it, as far as it is read here. */
export interface Sbom {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly components: readonly { readonly name: string; readonly version: string; readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** A package that is passed on. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** As its `package.json` states it. */
  readonly licence: string;
  /** Texts of its legal files; none if it comes without. */
  readonly texts: readonly string[];
}

/**
 * Reads what a package states of its licence.
 *
 * @param root folder that holds `node_modules`.
 * @param folder the package's, from there.
 */
export function readNotice(root: string, folder: string): Notice {
  const path = join(root, folder);
  const { name, version, license = 'not stated' } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile() && LEGAL_FILE.test(entry.name));
  const texts = files.map((file) => readFileSync(join(path, file.name), 'utf8').trim());
  // Old packages state an object.
  return { name, version, licence: license.type ?? license, texts };
}

/** One text of all notices. */
export function formatNotices(notices: readonly Notice[]): string {
  const heading = `This image holds code of these ${notices.length} packages, under their licences. Their list for tools: sbom.cdx.json.\n`;
  return heading + notices.map((notice) => formatNotice(notice, notices)).join('');
}

function formatNotice({ name, version, licence, texts }: Notice, notices: readonly Notice[]): string {
  const body = texts.length > 0 ? texts.join('\n\n') : explainMissing(licence, notices);
  return `${RULE}${name} ${version} (${licence})${RULE}\n${body}\n`;
}

/** Some packages come without the text. That of the Apache License is the same for all and must be passed on: it is in another one. */
function explainMissing(licence: string, notices: readonly Notice[]): string {
  const missing = `The package comes without a text of its licence, ${licence}`;
  const other =
    licence.includes('Apache-2.0') && notices.find(({ texts }) => texts.some((text) => text.includes('Apache License')));
  return other ? `${missing}; that of the Apache License stands under ${other.name}.` : `${missing}.`;
}

/**
 * The bill of materials of these packages alone. Serial number and time of making are left out, so that the same source gives the
 * same bytes.
 *
 * @throws Error when a package is not in the bill.
 */
export function billOf(
  notices: readonly Notice[],
  { components, dependencies, metadata, ...rest }: Sbom & { serialNumber?: string },
): Sbom {
  const refs = new Set(notices.map(({ name, version }) => `${name}@${version}`));
  const known = new Set(components.map((component) => component['bom-ref']));
  const missing = [...refs].filter((ref) => !known.has(ref));
  if (missing.length > 0) throw new Error(`not in the bill of materials: ${missing.join(', ')}`);
  const { timestamp: _timestamp, ...lasting } = metadata ?? {};
  const { serialNumber: _serialNumber, ...constant } = rest;
  return {
    ...constant,
    metadata: lasting,
    components: components.filter((component) => refs.has(component['bom-ref'])),
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) })),
  };
}
