/** Every prediction of a span of time, from the files. */
import { isScanned } from '../is-scanned.ts';
import type { PredictionRecord, ScannedPrediction, ScanQuery } from '../port.ts';
import type { Position } from './position.ts';
import { readNewestFirst } from './prediction-files.ts';

const ROWS_PER_PART = 500;
/** A row is written after it was answered. Only clocks of two machines that share the folder may say otherwise, by less than this. */
const CLOCK_SKEW_MS = 60_000;

/** Reads from the newest line on until what is left was written before the span: time linear in the lines since its beginning. */
export async function* scanFiles(directory: string, query: ScanQuery): AsyncGenerator<ScannedPrediction[]> {
  const { from, limit = Number.POSITIVE_INFINITY } = query;
  let [part, taken]: [ScannedPrediction[], number] = [[], 0];
  for await (const placed of readNewestFirst(directory)) {
    if (taken >= limit || isWrittenBefore(placed.position, from)) break;
    if (!isScanned(placed.record, query)) continue;
    taken++;
    if (part.push(toScanned(placed.record)) < ROWS_PER_PART) continue;
    yield part;
    part = [];
  }
  yield part;
}

/** Whether no line from there on, towards the oldest, can be of a span that begins then. */
export function isWrittenBefore({ writtenAt }: Position, from: Date): boolean {
  return writtenAt < from.getTime() - CLOCK_SKEW_MS;
}

/** What a scan gives of a row. */
export function toScanned({ label, features, probabilities }: PredictionRecord): ScannedPrediction {
  return { label, features, probabilities };
}
