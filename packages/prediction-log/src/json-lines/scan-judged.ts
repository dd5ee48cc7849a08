/** Feedback on the predictions of a span of time, from the files. */
import type { JudgedPrediction, TimeSpan } from '../port.ts';
import { type FeedbackLine, readFeedback } from './feedback.ts';
import { readAllPredictions } from './prediction-files.ts';

const ROWS_PER_PART = 500;

/** What one source told of a prediction. */
interface Told {
  readonly newest: FeedbackLine;
  readonly changed: boolean;
}

/** Joins predictions with what each source told last. Memory grows with the predictions that have feedback and its sources, time with all of them. */
export async function* scanJudged(directory: string, { from, to }: TimeSpan): AsyncGenerator<JudgedPrediction[]> {
  const told = await readTold(directory);
  let part: JudgedPrediction[] = [];
  for await (const { recordId, createdAt, features } of readAllPredictions(directory)) {
    const sources = told.get(recordId);
    if (!sources) continue;
    // A batch that was sent again may stand there twice.
    told.delete(recordId);
    if (createdAt < from || createdAt >= to) continue;
    for (const [source, { newest, changed }] of sources) {
      part.push({ createdAt, features, feedback: newest.feedback, source, changed });
    }
    if (part.length < ROWS_PER_PART) continue;
    yield part;
    part = [];
  }
  yield part;
}

/** By record and source, whatever the order of the files. */
async function readTold(directory: string): Promise<Map<string, Map<string | null, Told>>> {
  const records = new Map<string, Map<string | null, Told>>();
  for await (const line of readFeedback(directory)) {
    const sources = records.get(line.recordId) ?? new Map<string | null, Told>();
    records.set(line.recordId, sources);
    const source = line.source ?? null;
    const other = sources.get(source);
    const isNewer = !other || other.newest.writtenAt <= line.writtenAt;
    const changed = other !== undefined && (other.changed || other.newest.feedback !== line.feedback);
    sources.set(source, { newest: isNewer ? line : other.newest, changed });
  }
  return records;
}
