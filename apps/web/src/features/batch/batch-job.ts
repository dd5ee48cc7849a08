/** The work on one file, from its bytes to the scored file. It runs in a worker, so that the page stays free however large the file is. */
import { findColumns } from '@iris/dataset/table';
import { ApiProblem, type fetchAnswer } from '../../lib/api/client.ts';
import type { DatasetSchema } from '../../lib/api/types.ts';
import { type AnswerSummary, type RowAnswer, summarizeAnswers } from './answers.ts';
import { type CheckedRow, type CheckedTable, checkRows } from './check-rows.ts';
import { resultParts } from './result-csv.ts';
import { scoreInstances } from './score.ts';
import { countFaults, type FileSummary } from './summary.ts';
import { type Refusal, RefusedFile, readTable, type Table } from './table.ts';

const MEBIBYTE = 2 ** 20;
/** Larger files would not fit into a phone's memory; the API itself takes a stream of any length. */
const MAX_MEBIBYTES = 50;
/** Rows of one request: what is lost when it breaks off is little, and what it costs is spread over many. */
const ROWS_A_REQUEST = 2000;
/** Reports of progress for one file, about. */
const REPORTS = 50;

/** A row of the preview: the features' cells in the order of the schema. */
export interface PreviewRow extends Pick<CheckedRow, 'line' | 'faults'> {
  readonly cells: readonly string[];
  readonly answer: RowAnswer | undefined;
}

export interface PreviewQuery {
  /** Rows to pass over. */
  readonly offset: number;
  readonly limit: number;
  /** Whether only rows with a fault count. */
  readonly faultyOnly: boolean;
}

/** A problem without its class, as it leaves the worker. */
interface PlainProblem {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

/** How scoring ended: all rows have their answer, it was cancelled, or a request failed. What was answered stays. */
export type ScoreOutcome =
  | { readonly ended: 'done' | 'cancelled' }
  | { readonly ended: 'failed'; readonly problem: PlainProblem };

/** What the page asks the worker for. */
export interface BatchJob {
  /** Takes a file in; the one before is forgotten. */
  open(file: Blob, schema: DatasetSchema): Promise<{ readonly summary: FileSummary } | { readonly refusal: Refusal }>;
  preview(query: PreviewQuery): PreviewRow[];
  /** Scores the rows that have no fault and no answer yet: called again it goes on where it was. */
  score(logged: boolean, onProgress: (done: number) => void): Promise<ScoreOutcome>;
  cancel(): void;
  answers(): AnswerSummary;
  /** The scored file; rows without an answer are in it, too. */
  result(logged: boolean): Blob;
}

interface OpenFile {
  readonly table: Table;
  readonly checked: CheckedTable;
  readonly schema: DatasetSchema;
  readonly answers: (RowAnswer | undefined)[];
  /** Byte order mark, if the file had one. */
  readonly mark: string;
}

/** Makes a job. */
export function createBatchJob(fetchFrom: typeof fetchAnswer): BatchJob {
  let open: OpenFile | undefined;
  let cancelling = new AbortController();

  async function scoreRows(
    file: OpenFile,
    logged: boolean,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<void> {
    const { rows, toInstance } = file.checked;
    const pending = [...rows.keys()].filter((index) => rows[index]!.faults.length === 0 && !file.answers[index]);
    const report = createReporter(onProgress, file);
    for (let start = 0; start < pending.length; start += ROWS_A_REQUEST) {
      const part = pending.slice(start, start + ROWS_A_REQUEST);
      await scoreInstances(
        part.map((index) => toInstance(rows[index]!)),
        {
          logged,
          signal,
          fetchAnswer: fetchFrom,
          onAnswer(position, answer) {
            file.answers[part[position]!] = answer;
            report();
          },
        },
      );
    }
  }

  return {
    async open(file, schema) {
      cancelling.abort();
      open = undefined;
      try {
        const { opened, summary } = await openFile(file, schema);
        open = opened;
        return { summary };
      } catch (error) {
        return { refusal: error instanceof RefusedFile ? error.refusal : { kind: 'unreadable' } };
      }
    },
    preview: (query) => (open ? previewOf(open, query) : []),
    async score(logged, onProgress) {
      cancelling = new AbortController();
      const { signal } = cancelling;
      try {
        if (open) await scoreRows(open, logged, signal, onProgress);
        return { ended: 'done' };
      } catch (error) {
        if (signal.aborted) return { ended: 'cancelled' };
        return { ended: 'failed', problem: plainProblem(error) };
      }
    },
    cancel: () => cancelling.abort(),
    answers: () => summarizeAnswers(open?.answers ?? [], open?.schema.classes ?? []),
    result: (logged) => new Blob(open ? [open.mark, ...resultParts(scoredTable(open, logged))] : [], { type: 'text/csv' }),
  };
}

async function openFile(file: Blob, schema: DatasetSchema): Promise<{ opened: OpenFile; summary: FileSummary }> {
  if (file.size > MAX_MEBIBYTES * MEBIBYTE) throw new RefusedFile({ kind: 'tooLarge', megabytes: MAX_MEBIBYTES });
  const table = readTable(new Uint8Array(await file.arrayBuffer()), schema);
  const checked = checkRows(table, schema);
  const { names: header, separator, decimalSign, encoding, marked } = table.format;
  const wanted = new Set(findColumns(header, schema.features));
  const opened = { table, checked, schema, answers: new Array(checked.rows.length), mark: marked ? '\uFEFF' : '' };
  const summary = {
    rows: checked.rows.length,
    valid: checked.rows.filter(({ faults }) => faults.length === 0).length,
    faults: countFaults(checked.rows),
    otherColumns: header.filter((name, index) => !wanted.has(index) && name.trim() !== ''),
    separator,
    decimalSign,
    encoding,
  };
  return { opened, summary };
}

function previewOf({ checked, table, schema, answers }: OpenFile, { offset, limit, faultyOnly }: PreviewQuery): PreviewRow[] {
  const columns = findColumns(table.format.names, schema.features);
  const shown: PreviewRow[] = [];
  let passed = 0;
  for (const [index, { line, cells, faults }] of checked.rows.entries()) {
    if (shown.length === limit) break;
    if (faultyOnly && faults.length === 0) continue;
    if (passed++ < offset) continue;
    shown.push({ line, faults, cells: columns.map((column) => cells[column] ?? ''), answer: answers[index] });
  }
  return shown;
}

function scoredTable({ table, checked, schema, answers }: OpenFile, logged: boolean) {
  const { names: header, separator, decimalSign } = table.format;
  return { header, separator, rows: checked.rows, decimalSign, answers, classes: schema.classes, logged };
}

/** Tells how many rows have their answer, not more often than a reader sees. */
function createReporter(onProgress: (done: number) => void, { answers, checked }: OpenFile): () => void {
  const step = Math.max(1, Math.floor(checked.rows.length / REPORTS));
  let done = answers.filter((answer) => answer !== undefined).length;
  return function report() {
    if (++done % step === 0) onProgress(done);
  };
}

function plainProblem(error: unknown): PlainProblem {
  if (!(error instanceof ApiProblem)) throw error;
  return { code: error.code, status: error.status, detail: error.message };
}
