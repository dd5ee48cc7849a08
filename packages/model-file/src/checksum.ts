/** The checksum that seals a document. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { ModelDocument } from './document.ts';

/** A document before its checksum, or whose checksum does not matter. */
export type UnsealedDocument = Omit<ModelDocument, 'checksum'>;

/** `sha256:` and 64 hex digits over the canonical JSON of every member but `checksum`. */
export function checksum(document: UnsealedDocument): string {
  const { checksum: _, ...content } = document as ModelDocument;
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
