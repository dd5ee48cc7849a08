/** Writes a document as text. */
import { canonicalJson } from './canonical-json.ts';
import { checksum, type UnsealedDocument } from './checksum.ts';

/** Members in reading order: what it is first, the long arrays late, the seal last. */
const MEMBERS = [
  'formatVersion',
  'model',
  'version',
  'training',
  'metrics',
  'comparison',
  'importance',
  'partialDependence',
  'conformal',
  'dataset',
  'reference',
  'parameters',
] as const;

/**
 * Seals a document and writes it.
 *
 * @returns JSON with one line per member, which is what a comparison of two files shows; equal documents give equal bytes,
 * whatever the order of their members.
 */
export function serializeModel(document: UnsealedDocument): string {
  const sealed = { ...document, checksum: checksum(document) };
  const members = [...MEMBERS, 'checksum' as const].filter((member) => sealed[member] !== undefined);
  const lines = members.map((member) => `"${member}":${canonicalJson(sealed[member])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}
