/** Remembers in which request a row was recorded, until the batch that it travels in is written: long after the answer. */
import type { Batch } from '@iris/prediction-log';
import type { SpanContext } from '@iris/telemetry';

/** Rows remembered; the oldest are forgotten beyond, as of a database that stays away. */
const MAX_ROWS = 4096;
const NEWLINE = 0x0a;
/** What a line of a batch begins with. */
const LINE_START = '{"recordId":"';
const UUID_LENGTH = 36;

/** The spans of rows that are not written yet. */
export interface RowSpans {
  remember(recordId: string, span: SpanContext): void;
  /** The spans that the batch's rows were recorded in, each once. */
  find(batch: Batch): SpanContext[];
  /** Forgets the batch's rows: they are written. */
  forget(batch: Batch): void;
}

/** Remembers nothing yet. */
export function rememberRowSpans(): RowSpans {
  const spans = new Map<string, SpanContext>();
  return {
    remember(recordId, span) {
      if (spans.size >= MAX_ROWS) spans.delete(spans.keys().next().value!);
      spans.set(recordId, span);
    },
    find(batch) {
      if (spans.size === 0) return [];
      const found = recordIds(batch).flatMap((id) => spans.get(id) ?? []);
      return [...new Map(found.map((span) => [span.spanId, span])).values()];
    },
    forget(batch) {
      if (spans.size > 0) for (const id of recordIds(batch)) spans.delete(id);
    },
  };
}

/** Read where they stand in each line, without parsing it. */
function recordIds({ bytes }: Batch): string[] {
  const ids: string[] = [];
  for (let line = 0; line < bytes.length; line = bytes.indexOf(NEWLINE, line) + 1) {
    const id = line + LINE_START.length;
    ids.push(bytes.toString('latin1', id, id + UUID_LENGTH));
  }
  return ids;
}
