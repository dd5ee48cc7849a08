/** CSV: columns by name in any order in; label, probabilities or an error out, with the number of each row's line. */
import type { DatasetSchema } from '@iris/dataset';
import type { TableReader, TableRow } from '@iris/dataset/table';
import type { FastifyReply } from 'fastify';
import type { ModelScope } from '../../model-scope.ts';
import { createCsvReader, describeFormat, FORMAT_FIELD, readRow, readTable } from './csv-instances.ts';
import { keepPace } from './pace.ts';
import type { Answer } from './predictor.ts';

/**
 * Reads the header, then answers row by row. The header field `X-CSV-Format` says how the file was read, as far as that is known by then.
 *
 * @throws ApiError `VALIDATION_FAILED` when the header lacks a column or has it twice: nothing has been sent by then.
 */
export async function answerCsvRows(
  scope: ModelScope,
  body: NodeJS.ReadableStream,
  reply: FastifyReply,
  logged: boolean,
): Promise<AsyncGenerator<string>> {
  const reader = createCsvReader(scope.schema, reply.request.headers['content-type']);
  const chunks = readChunks(reader, body as AsyncIterable<Uint8Array | string>);
  let first = await chunks.next();
  while (!first.done && !reader.format()) first = await chunks.next();
  const known = describeFormat(reader.format()!);
  reply.header(FORMAT_FIELD, known);
  return thenSay(answerRows(scope, first.value ?? [], chunks, logged), function say() {
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
  logged: boolean,
): AsyncGenerator<string> {
  const answer = (rows: readonly TableRow[]) => rows.map((row) => answerRow(scope, row, logged)).join('');
  yield headerLine(scope.schema) + answer(first);
  for await (const rows of rest) {
    const lines = answer(rows);
    if (logged) await keepPace(scope.log);
    if (lines !== '') yield lines;
  }
}

function answerRow({ schema, readInstance, predictor }: ModelScope, row: TableRow, logged: boolean): string {
  const read = readRow(schema, readInstance, row);
  if (read.error !== undefined) return errorLine(row.line, read.error, schema);
  return answerLine(row.line, predictor(read.sample, { requestId: read.requestId, logged }), schema);
}

function headerLine({ classes }: DatasetSchema): string {
  return csvLine(['line', 'prediction', ...classes.map((name) => `probability_${name}`), 'request_id', 'error']);
}

function answerLine(line: number, { prediction, probabilities, request_id }: Answer, { classes }: DatasetSchema): string {
  return csvLine([line, prediction, ...classes.map((name) => probabilities[name] ?? 0), request_id, '']);
}

function errorLine(line: number, error: string, { classes }: DatasetSchema): string {
  return csvLine([line, '', ...classes.map(() => ''), '', error]);
}

function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

// RFC 4180: quoted where it holds a separator, a quote or a line end.
function csvCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
