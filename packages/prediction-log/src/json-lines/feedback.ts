/** True labels, as lines of their own files: a prediction's line is never changed. */
import { parseObject } from '../record-json.ts';
import { readLines } from './lines.ts';
import { FEEDBACK_ENDING, listFiles } from './prediction-files.ts';

/** One feedback. It repeats what counting needs of the prediction, and what it replaces, so that counts need no join. */
export interface FeedbackLine {
  readonly recordId: string;
  readonly feedback: string;
  /** The feedback before this one; null for the first. */
  readonly replaces: string | null;
  /** Who told it; absent in lines of before, and where nobody knows. */
  readonly source?: string;
  readonly label: string;
  readonly version: string;
  /** The prediction's time, ISO 8601. */
  readonly createdAt: string;
  readonly writtenAt: number;
}

/** Every feedback, file by file. */
export async function* readFeedback(directory: string): AsyncGenerator<FeedbackLine> {
  for (const path of await listFiles(directory, FEEDBACK_ENDING)) {
    for await (const text of readLines(path)) {
      const line = parseObject(text);
      if (typeof line?.recordId === 'string' && typeof line.feedback === 'string') yield line as unknown as FeedbackLine;
    }
  }
}

/** The newest feedback of each of the records that has any; of all when absent. Memory grows with the records, time with all feedback. */
export async function newestFeedback(directory: string, recordIds?: ReadonlySet<string>): Promise<Map<string, FeedbackLine>> {
  const newest = new Map<string, FeedbackLine>();
  for await (const line of readFeedback(directory)) {
    if (recordIds && !recordIds.has(line.recordId)) continue;
    const other = newest.get(line.recordId);
    if (!other || other.writtenAt <= line.writtenAt) newest.set(line.recordId, line);
  }
  return newest;
}
