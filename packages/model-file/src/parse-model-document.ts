/** From text to a document that can be trusted. */
import { requireConsistentSchema } from '@iris/dataset';
import { parseModel } from '@iris/model';
import { checkAgreement } from './check-agreement.ts';
import { checkSchema } from './check-schema.ts';
import { checksum } from './checksum.ts';
import type { ModelDocument } from './document.ts';
import { ModelFileError } from './errors.ts';
import { upgradeDocument } from './upgrade-document.ts';

/** Longest model file that is read: a forest of a million nodes, and a quarter of what V8 can hold in one string. */
export const MAX_MODEL_FILE_BYTES = 128 * 1024 * 1024;
const FORMAT_VERSIONS: readonly unknown[] = [1, 2];

/**
 * Parses a model file and proves it sound: format, schema, checksum, dataset schema, parameters, and their agreement.
 *
 * @returns the document, one of version 1 as version 2 has it; `parseModel` of `@iris/model` accepts its parameters. Cost: linear in the length.
 * @throws ModelFileError with the code of the first check that fails.
 * @throws DatasetError when the dataset schema in the file is unsound; ModelError when the parameters are.
 */
export function parseModelDocument(text: string): ModelDocument {
  requireLength(text.length);
  const value = parseJson(text);
  requireFormat(value);
  // Before the checksum: the schema bounds the depth of everything but the parameters, whose own parser follows.
  checkSchema(value);
  const given = value as ModelDocument;
  requireConsistentSchema(given.dataset);
  parseModel(given.parameters);
  requireChecksum(given);
  const document = upgradeDocument(given);
  checkAgreement(document);
  return document;
}

/** @throws ModelFileError `MODEL_FILE_TOO_LARGE` beyond the bound. */
export function requireLength(length: number): void {
  if (length <= MAX_MODEL_FILE_BYTES) return;
  const message = `the model file has ${length} bytes, at most ${MAX_MODEL_FILE_BYTES} are read`;
  throw new ModelFileError('MODEL_FILE_TOO_LARGE', message, { length, max: MAX_MODEL_FILE_BYTES });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelFileError(
      'MODEL_FILE_NOT_JSON',
      'the model file is no JSON document; it may be cut short',
      { length: text.length },
      error,
    );
  }
}

function requireFormat(value: unknown): void {
  const version = typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : undefined;
  if (FORMAT_VERSIONS.includes(version)) return;
  const actual = typeof version === 'number' ? version : 'none';
  const expected = FORMAT_VERSIONS.join(' and ');
  throw new ModelFileError('MODEL_FILE_FORMAT', `the model file has format version ${actual}, this reads versions ${expected}`, {
    actual,
    expected,
  });
}

function requireChecksum(document: ModelDocument): void {
  const expected = checksum(document);
  if (document.checksum === expected) return;
  const message = `the model file was changed after it was sealed: its checksum is ${document.checksum}, its content gives ${expected}`;
  throw new ModelFileError('MODEL_FILE_CHECKSUM', message, { actual: document.checksum, expected });
}
