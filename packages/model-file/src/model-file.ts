/** Reads and writes model files. */
import { constants, type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { UnsealedDocument } from './checksum.ts';
import type { ModelDocument } from './document.ts';
import { replaceDurably } from './durable.ts';
import { ModelFileError } from './errors.ts';
import { parseModelDocument, requireLength } from './parse-model-document.ts';
import { assertPlaceWritable, makeDirectories } from './place.ts';
import { serializeModel } from './serialize-model.ts';

/**
 * Reads a model file and proves it sound.
 *
 * @throws ModelFileError `MODEL_FILE_UNREADABLE`, or what `parseModelDocument` throws.
 */
export async function readModelFile(path: string): Promise<ModelDocument> {
  return parseModelDocument(await readText(path));
}

/**
 * Seals a document and writes it in one step: a reader sees the old file or the new one, never a part, even after a crash.
 * Missing directories are made. What this could not read back is not written.
 *
 * @throws ModelFileError `MODEL_FILE_UNWRITABLE`, or what `parseModelDocument` throws for the document.
 */
export async function writeModelFile(path: string, document: UnsealedDocument): Promise<void> {
  const text = serializeModel(document);
  parseModelDocument(text);
  try {
    await makeDirectories(dirname(path));
    await replaceDurably(path, text);
  } catch (error) {
    throw systemFault('MODEL_FILE_UNWRITABLE', 'written', path, error);
  }
}

/**
 * Checks that a model file can be written at the path, as far as that can be known without writing: for before a long training.
 *
 * @throws ModelFileError `MODEL_FILE_UNWRITABLE`.
 */
export async function assertModelFileWritable(path: string): Promise<void> {
  try {
    await assertPlaceWritable(path);
  } catch (error) {
    throw systemFault('MODEL_FILE_UNWRITABLE', 'written', path, error);
  }
}

async function readText(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const entry = await file.stat();
    if (!entry.isFile()) throw Object.assign(new Error('it is no regular file'), { code: 'ENOTFILE' });
    requireLength(entry.size);
    return await file.readFile('utf8');
  } catch (error) {
    throw error instanceof ModelFileError ? error : systemFault('MODEL_FILE_UNREADABLE', 'read', path, error);
  } finally {
    await file?.close();
  }
}

function systemFault(
  code: 'MODEL_FILE_UNREADABLE' | 'MODEL_FILE_UNWRITABLE',
  verb: string,
  path: string,
  error: unknown,
): ModelFileError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelFileError(code, `the model file ${path} cannot be ${verb}: ${reason}`, { path, reason }, error);
}
