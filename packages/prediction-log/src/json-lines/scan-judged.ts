/** Every prediction of a span of time that has feedback, from the files. */
import type { JudgedPrediction, TimeSpan } from '../port.ts';
import { newestFeedback } from './feedback.ts';
import { readAllPredictions } from './prediction-files.ts';

const ROWS_PER_PART = 500;

/** Joins predictions with their newest feedback. Memory grows with the predictions that have any, time with all of them. */
export async function* scanJudged(directory: string, { from, to }: TimeSpan): AsyncGenerator<JudgedPrediction[]> {
  const newest = await newestFeedback(directory);
  let part: JudgedPrediction[] = [];
  for await (const { recordId, createdAt, features } of readAllPredictions(directory)) {
    const line = newest.get(recordId);
    if (!line) continue;
    // A batch that was sent again may stand there twice.
    newest.delete(recordId);
    if (createdAt < from || createdAt >= to) continue;
    const { feedback, source = null, replaces } = line;
    if (part.push({ createdAt, features, feedback, source, changed: replaces !== null }) < ROWS_PER_PART) continue;
    yield part;
    part = [];
  }
  yield part;
}
