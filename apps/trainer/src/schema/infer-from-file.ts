/** From a file to its profile and schema. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { DatasetError } from '@iris/dataset';
import { type InferenceOptions, inferSchema, type SchemaInference } from '@iris/dataset/infer';
import { profileTable, type TableProfile } from '@iris/dataset/profile';
import { describeProblems } from '../describe-problems.ts';
import type { ProgressStream } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { createReadingProgress } from './reading-progress.ts';

const CHUNK_BYTES = 262_144;

/** A file, and what is known of it before. */
export interface FileToInfer extends Pick<InferenceOptions, 'target' | 'unknownLevels'> {
  readonly dataPath: string;
  /** Texts that stand for a missing value. */
  readonly missing?: readonly string[];
}

/**
 * Reads a CSV file once and infers its schema, which has the file's name.
 *
 * @param stderr shows how far the reading is.
 * @throws UsageError when the file cannot be read, is no table, or its target cannot be learned; a line for each problem.
 */
export async function inferFromFile(
  { dataPath, target, missing, unknownLevels }: FileToInfer,
  stderr: ProgressStream,
): Promise<{ readonly profile: TableProfile; readonly inference: SchemaInference }> {
  try {
    const profile = await profileTable(readChunks(dataPath, stderr), { target, missing });
    const name = basename(dataPath, extname(dataPath));
    return { profile, inference: inferSchema(profile, { target, name, ...(unknownLevels && { unknownLevels }) }) };
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    throw new UsageError(describeProblems(dataPath, error.problems));
  }
}

async function* readChunks(path: string, stderr: ProgressStream): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const progress = createReadingProgress(stderr, path, (await stat(path).catch(() => ({ size: 0 }))).size);
  try {
    for await (const chunk of stream) {
      progress.add((chunk as Uint8Array).length);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new UsageError(`cannot read ${path}: ${code}`);
  } finally {
    progress.stop();
  }
}
