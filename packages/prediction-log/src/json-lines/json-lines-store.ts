/**
 * The log as files of JSON lines in a directory. Each process writes files of its own and reads all, so pods may share a volume.
 *
 * Lines reach the operating system before `append` resolves: a killed process loses nothing, a machine without power its last seconds.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Batch, linesOf } from '../batch.ts';
import { PredictionLogError } from '../errors.ts';
import { judge } from '../judge.ts';
import { makeDirectory } from '../make-directory.ts';
import { assertLimit, invalidCursor, pageOf } from '../page-query.ts';
import { createPeriodTally } from '../period-tally.ts';
import type {
  Feedback,
  FeedbackOutcome,
  JudgedPrediction,
  NewestRows,
  PeriodCount,
  PeriodQuery,
  PredictionPage,
  PredictionQuery,
  PredictionRecord,
  PredictionStore,
  ScannedPrediction,
  ScanQuery,
  StoredPrediction,
  TimeSpan,
} from '../port.ts';
import { cleanText, recordIdOf } from '../record-json.ts';
import { createTally } from '../tally.ts';
import { type FeedbackLine, newestFeedback } from './feedback.ts';
import { createLineFile } from './line-file.ts';
import { decodePosition, encodePosition, type Position } from './position.ts';
import { FEEDBACK_ENDING, type PlacedRecord, PREDICTIONS_ENDING, readNewestFirst } from './prediction-files.ts';
import { scanFiles } from './scan-files.ts';
import { scanJudged } from './scan-judged.ts';
import { scanNewest } from './scan-newest.ts';
import { tellCounts } from './tell-counts.ts';

/** Record ids remembered to recognise a batch sent again; some 10 MB. */
const REMEMBERED_IDS = 100_000;

/** Where it is. */
export interface JsonLinesStoreOptions {
  /** Made when absent. */
  readonly directory: string;
  /** Wall clock, milliseconds; the machine's unless given. */
  readonly now?: () => number;
}

/**
 * Opens the log.
 *
 * @throws {PredictionLogError} `PREDICTION_LOG_UNAVAILABLE` when the directory cannot be made
 */
export async function openJsonLinesStore({ directory, now = Date.now }: JsonLinesStoreOptions): Promise<PredictionStore> {
  await translateErrors(() => makeDirectory(directory));
  return new JsonLinesStore(directory, now);
}

class JsonLinesStore implements PredictionStore {
  readonly #directory: string;
  readonly #now: () => number;
  readonly #predictions: ReturnType<typeof createLineFile>;
  readonly #feedback: ReturnType<typeof createLineFile>;
  /** In order of arrival, so that the oldest can be forgotten. */
  readonly #known = new Set<string>();
  #writtenAt = 0;
  #judging: Promise<unknown> = Promise.resolve();

  constructor(directory: string, now: () => number) {
    const name = `${hostname().replaceAll(/[^\w-]/g, '_')}-${randomUUID().slice(0, 8)}`;
    this.#directory = directory;
    this.#now = now;
    this.#predictions = createLineFile(join(directory, name + PREDICTIONS_ENDING));
    this.#feedback = createLineFile(join(directory, name + FEEDBACK_ENDING));
  }

  ready(): Promise<void> {
    return translateErrors(() => makeDirectory(this.#directory));
  }

  append(batch: Batch): Promise<void> {
    return translateErrors(async () => {
      let fresh: ReadonlyMap<string, string> = new Map();
      await this.#predictions.append(() => {
        fresh = this.#unknown(batch);
        const start = `{"writtenAt":${this.#tick()},`;
        return Array.from(fresh.values(), (line) => start + line.slice(1));
      });
      this.#remember(fresh.keys());
    });
  }

  list({ limit, cursor, version, label }: PredictionQuery): Promise<PredictionPage> {
    return translateErrors(async () => {
      assertLimit(limit);
      const found: PlacedRecord[] = [];
      for await (const placed of readNewestFirst(this.#directory, positionOf(cursor))) {
        if (version !== undefined && placed.record.version !== version) continue;
        if (label !== undefined && placed.record.label !== label) continue;
        if (found.push(placed) > limit) break;
      }
      return pageOf(await this.#withFeedback(found), limit);
    });
  }

  count({ from, to }: TimeSpan): ReturnType<PredictionStore['count']> {
    return translateErrors(async () => {
      const tally = createTally();
      await tellCounts(this.#directory, (time, ...entry) => {
        if (time >= from && time < to) tally.add(...entry);
      });
      return tally.counts();
    });
  }

  countByPeriod(query: PeriodQuery): Promise<readonly PeriodCount[]> {
    return translateErrors(async () => {
      const tally = createPeriodTally(query);
      await tellCounts(this.#directory, tally.add);
      return tally.counts();
    });
  }

  scan(query: ScanQuery): AsyncIterable<readonly ScannedPrediction[]> {
    return translateErrorsOf(scanFiles(this.#directory, query));
  }

  scanNewest(spans: readonly TimeSpan[], limit: number): AsyncIterable<NewestRows> {
    return translateErrorsOf(scanNewest(this.#directory, spans, limit));
  }

  scanFeedback(span: TimeSpan): AsyncIterable<readonly JudgedPrediction[]> {
    return translateErrorsOf(scanJudged(this.#directory, span));
  }

  recordFeedback(feedback: Feedback): Promise<FeedbackOutcome> {
    // One after the other: each looks at what the one before it has left.
    const outcome = this.#judging.then(() => translateErrors(() => this.#judge(feedback)));
    this.#judging = outcome.catch(() => undefined);
    return outcome;
  }

  async #judge(feedback: Feedback): Promise<FeedbackOutcome> {
    const records = new Map<string, PredictionRecord>();
    for await (const { record } of readNewestFirst(this.#directory)) {
      if (record.requestId === cleanText(feedback.requestId)) records.set(record.recordId, record);
      if (records.size > 1) break;
    }
    const [record] = records.values();
    if (!record) return 'unknown';
    const before = (await newestFeedback(this.#directory, new Set([record.recordId]))).get(record.recordId);
    const outcome = judge({ found: records.size, before: before?.feedback ?? null }, feedback);
    if (outcome === 'kept' && before?.feedback !== feedback.label) {
      await this.#feedback.append(() => [JSON.stringify(feedbackLine(record, feedback, before, this.#tick()))]);
    }
    return outcome;
  }

  async close(): Promise<void> {
    // Behind all appends under way.
    await this.#predictions.append(() => []);
    await this.#feedback.append(() => []);
  }

  /** Time of writing that never goes back, even when the wall clock does. */
  #tick(): number {
    this.#writtenAt = Math.max(this.#writtenAt, Math.floor(this.#now()));
    return this.#writtenAt;
  }

  /** The lines of new rows, by their `recordId`. */
  #unknown(batch: Batch): ReadonlyMap<string, string> {
    const fresh = new Map<string, string>();
    for (const line of linesOf(batch)) {
      const recordId = recordIdOf(line);
      if (!this.#known.has(recordId) && !fresh.has(recordId)) fresh.set(recordId, line);
    }
    return fresh;
  }

  #remember(recordIds: Iterable<string>): void {
    for (const recordId of recordIds) this.#known.add(recordId);
    for (const oldest of this.#known) {
      if (this.#known.size <= REMEMBERED_IDS) return;
      this.#known.delete(oldest);
    }
  }

  async #withFeedback(placed: readonly PlacedRecord[]): Promise<StoredPrediction[]> {
    const feedback = await newestFeedback(this.#directory, new Set(placed.map(({ record }) => record.recordId)));
    return placed.map((entry) => toStored(entry, feedback.get(entry.record.recordId)));
  }
}

function toStored({ position, record }: PlacedRecord, line: FeedbackLine | undefined): StoredPrediction {
  const { requestId, createdAt, label, model, version, features, probabilities, instance } = record;
  const id = encodePosition(position);
  return { id, requestId, createdAt, label, model, version, features, probabilities, instance, feedback: line?.feedback ?? null };
}

function feedbackLine(
  record: PredictionRecord,
  { label: feedback, source }: Feedback,
  before: FeedbackLine | undefined,
  writtenAt: number,
): FeedbackLine {
  const { recordId, label, version, createdAt } = record;
  return {
    recordId,
    feedback,
    replaces: before?.feedback ?? null,
    ...(source !== undefined && { source }),
    label,
    version,
    createdAt: createdAt.toISOString(),
    writtenAt,
  };
}

function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = decodePosition(cursor);
  if (!position) throw invalidCursor(cursor);
  return position;
}

async function translateErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateError(error);
  }
}

async function* translateErrorsOf<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw translateError(error);
  }
}

function translateError(cause: unknown): PredictionLogError {
  if (cause instanceof PredictionLogError) return cause;
  const detail = `the log's files are unavailable: ${(cause as Error).message}`;
  return new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', detail, { cause });
}
