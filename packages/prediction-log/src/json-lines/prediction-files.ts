/** The directory's prediction files as one log, newest first. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PredictionRecord } from '../port.ts';
import { decodeRecord, parseObject } from '../record-json.ts';
import { type Line, lineAfter, readLines, readLinesBackwards } from './lines.ts';
import { comparePositions, type Position } from './position.ts';

export const PREDICTIONS_ENDING = '.predictions.jsonl';
export const FEEDBACK_ENDING = '.feedback.jsonl';
/** A search in a file ends when this much is left, which is read line by line. */
const SEARCH_BYTES = 64 * 1024;

/** A line of a prediction file. */
export interface PlacedRecord {
  readonly position: Position;
  readonly record: PredictionRecord;
}

/** Paths of the files with that ending, oldest first. */
export async function listFiles(directory: string, ending: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(directory, name));
}

/** Every prediction, file by file, oldest first within each. Time linear in the rows, memory constant. */
export async function* readAllPredictions(directory: string): AsyncGenerator<PredictionRecord> {
  for (const path of await listFiles(directory, PREDICTIONS_ENDING)) {
    for await (const line of readLines(path)) {
      const record = decodeRecord(line);
      if (record) yield record;
    }
  }
}

/**
 * The predictions written before a position (all when absent), newest first over all files: a merge of files read backwards. The first
 * costs O(files · log(file size)), each further one O(files); memory holds one chunk of each file.
 */
export async function* readNewestFirst(directory: string, before?: Position): AsyncGenerator<PlacedRecord> {
  const paths = await listFiles(directory, PREDICTIONS_ENDING);
  const sources = await Promise.all(paths.map((path) => startSource(path, before)));
  for (;;) {
    const newest = sources.reduce<Source | undefined>((best, source) => (isNewer(source, best) ? source : best), undefined);
    if (!newest?.head) return;
    yield newest.head;
    newest.head = (await newest.rest.next()).value ?? undefined;
  }
}

interface Source {
  head: PlacedRecord | undefined;
  readonly rest: AsyncGenerator<PlacedRecord, undefined>;
}

function isNewer(source: Source, best: Source | undefined): boolean {
  if (!source.head) return false;
  return !best?.head || comparePositions(source.head.position, best.head.position) > 0;
}

async function startSource(path: string, before: Position | undefined): Promise<Source> {
  const rest = readFileBackwards(path, before);
  return { head: (await rest.next()).value ?? undefined, rest };
}

async function* readFileBackwards(path: string, before: Position | undefined): AsyncGenerator<PlacedRecord, undefined> {
  const file = fileTag(path);
  const { size } = await stat(path);
  const end = before ? await searchEnd(path, file, size, before) : size;
  for await (const line of readLinesBackwards(path, end)) {
    const placed = place(line, file);
    if (placed && (!before || comparePositions(placed.position, before) < 0)) yield placed;
  }
  return undefined;
}

/** A byte at a line's end behind which all lines were written at or after `before`; halving, as positions only grow in a file. */
async function searchEnd(path: string, file: string, size: number, before: Position): Promise<number> {
  let low = 0;
  let high = size;
  while (high - low > SEARCH_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const position = await positionAfter(path, file, middle, size);
    if (position && comparePositions(position, before) < 0) low = middle;
    else high = middle;
  }
  const line = await lineAfter(path, high, size);
  return line?.offset ?? size;
}

/** Of the first undamaged line behind the byte. */
async function positionAfter(path: string, file: string, offset: number, size: number): Promise<Position | undefined> {
  let line = await lineAfter(path, offset, size);
  while (line && !positionOf(line, file)) line = await lineAfter(path, line.offset, size);
  return line && positionOf(line, file);
}

function place(line: Line, file: string): PlacedRecord | undefined {
  const position = positionOf(line, file);
  const record = decodeRecord(line.text);
  return position && record && { position, record };
}

function positionOf({ text, offset }: Line, file: string): Position | undefined {
  const writtenAt = parseObject(text)?.writtenAt;
  return typeof writtenAt === 'number' ? { writtenAt, file, offset } : undefined;
}

function fileTag(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -PREDICTIONS_ENDING.length);
}
