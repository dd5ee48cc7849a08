/** CSV: columns by name in any order in; label, probabilities or an error out, with the number of each row's line. */
import type { DatasetSchema } from '@iris/dataset';
import type { TableReader, TableRow } from '@iris/dataset/table';
import type { FastifyReply } from 'fastify';
import type { ModelScope } from '../../model-scope.ts';
import { createCsvReader, describeFormat, FORMAT_FIELD, readRow, readTable } from './csv-instances.ts';
import { keepPace } from './pace.ts';
import type { Answer, RowOptions } from './predictor.ts';

/**
 * Reads the header, then answers row by row. The header field `X-CSV-Format` says how the file was read, as far as that is known by then.
 *
 * @throws ApiError `VALIDATION_FAILED` when the header lacks a column or has it twice: nothing has been sent by then.
 */
export async function answerCsvRows(
  scope: ModelScope,
  body: NodeJS.ReadableStream,
  reply: FastifyReply,
  options: RowOptions,
): Promise<AsyncGenerator<string>> {
  const reader = createCsvReader(scope.schema, reply.request.headers['content-type']);
  const chunks = readChunks(reader, body as AsyncIterable<Uint8Array | string>);
  let first = await chunks.next();
  while (!first.done && !reader.format()) first = await chunks.next();
  const known = describeFormat(reader.format()!);
  reply.header(FORMAT_FIELD, known);
  return thenSay(answerRows(scope, first.value ?? [], chunks, options), function say() {
    const format = describeFormat(reader.format()!);
    if (format !== known)
      scope.dependencies.logger.info({ reqId: reply.request.id, format }, 'CSV was read otherwise than its answer began to say');
  });
}

/** The rows that each chunk completes. */
async function* readChunks(reader: TableReader, body: AsyncIterable<Uint8Array | string>): AsyncGenerator<TableRow[], undefined> {
  for await (const chunk of body) {
    yield readTable(() => reader.read(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
  }
  yield readTable(() => reader.end());
}

/** What was found later than the answer began, such as the first character beyond ASCII. */
async function* thenSay(answers: AsyncIterable<string>, say: () => void): AsyncGenerator<string> {
  yield* answers;
  say();
}

async function* answerRows(
  scope: ModelScope,
  first: readonly TableRow[],
  rest: AsyncIterable<readonly TableRow[]>,
  options: RowOptions,
): AsyncGenerator<string> {
  const answer = (rows: readonly TableRow[]) => rows.map((row) => answerRow(scope, row, options)).join('');
  yield headerLine(scope.schema, options) + answer(first);
  for await (const rows of rest) {
    const lines = answer(rows);
    if (options.logged) await keepPace(scope.log);
    if (lines !== '') yield lines;
  }
}

function answerRow({ schema, readInstance, predictor }: ModelScope, row: TableRow, options: RowOptions): string {
  const read = readRow(schema, readInstance, row);
  if (read.error !== undefined) return errorLine(row.line, read.error, schema, options);
  return answerLine(row.line, predictor(read.sample, { requestId: read.requestId, ...options }), schema);
}

/** A class can have any name, so that a set is a column for each instead of a list in one. */
function headerLine({ classes }: DatasetSchema, { withSet }: RowOptions): string {
  const inSet = withSet ? classes.map((name) => `in_set_${name}`) : [];
  return csvLine(['line', 'prediction', ...classes.map((name) => `probability_${name}`), ...inSet, 'request_id', 'error']);
}

function answerLine(line: number, answer: Answer, { classes }: DatasetSchema): string {
  const { prediction, probabilities, prediction_set: set, request_id } = answer;
  const inSet = set ? classes.map((name) => Number(set.includes(name))) : [];
  return csvLine([line, prediction, ...classes.map((name) => probabilities[name] ?? 0), ...inSet, request_id, '']);
}

function errorLine(line: number, error: string, { classes }: DatasetSchema, { withSet }: RowOptions): string {
  const empty = new Array<string>(classes.length * (withSet ? 2 : 1)).fill('');
  return csvLine([line, '', ...empty, '', error]);
}

function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

// RFC 4180: quoted where it holds a separator, a quote or a line end.
function csvCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
