/** CSV: columns by name in any order in; label, probabilities or an error out, with the number of each row's line. */
import type { DatasetSchema, Feature } from '@iris/dataset';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { type CsvRecord, splitCsvRecords } from './csv-records.ts';
import { describeFaults } from './instance-reader.ts';
import { keepPace } from './pace.ts';
import type { Answer } from './predictor.ts';

/** Turns a row's cells into an instance, still to be validated. */
type ReadRow = (cells: readonly string[]) => Record<string, unknown>;

/**
 * Reads the header, then answers row by row.
 *
 * @throws ApiError `VALIDATION_FAILED` when the header lacks a column: nothing has been sent by then.
 */
export async function answerCsvRows(
  scope: ModelScope,
  body: NodeJS.ReadableStream,
  logged: boolean,
): Promise<AsyncGenerator<string>> {
  const chunks = splitCsvRecords(body as AsyncIterable<Uint8Array>);
  let next = await chunks.next();
  while (!next.done && next.value.length === 0) next = await chunks.next();
  const [header, ...rows] = next.done ? [] : next.value;
  if (header?.fault) throw new ApiError('VALIDATION_FAILED', `The CSV header ${header.fault}.`);
  return answerRecords(scope, createRowReader(scope.schema, header?.cells ?? []), rows, chunks, logged);
}

async function* answerRecords(
  scope: ModelScope,
  readRow: ReadRow,
  first: readonly CsvRecord[],
  rest: AsyncIterable<readonly CsvRecord[]>,
  logged: boolean,
): AsyncGenerator<string> {
  const answer = (records: readonly CsvRecord[]) =>
    records.map((record) => answerRecord(scope, readRow, record, logged)).join('');
  yield headerRow(scope.schema) + answer(first);
  for await (const records of rest) {
    const rows = answer(records);
    if (logged) await keepPace(scope.log);
    if (rows !== '') yield rows;
  }
}

function answerRecord(
  { schema, readInstance, predictor }: ModelScope,
  readRow: ReadRow,
  { line, ...record }: CsvRecord,
  logged: boolean,
): string {
  if (record.fault !== undefined) return errorRow(line, record.fault, schema);
  const read = readInstance(readRow(record.cells));
  if (read.faults) return errorRow(line, describeFaults(read.faults), schema);
  return answerRow(line, predictor(read.sample, { requestId: read.requestId, logged }), schema);
}

/**
 * Finds the schema's columns in a header; others are passed over.
 *
 * @throws ApiError `VALIDATION_FAILED` naming each column that the header lacks.
 */
export function createRowReader(schema: DatasetSchema, header: readonly string[]): ReadRow {
  const missing = schema.features.filter(({ name }) => !header.includes(name));
  if (missing.length > 0) {
    const faults = missing.map(({ name }) => ({ pointer: `/${name}`, detail: 'the header lacks this column' }));
    throw new ApiError('VALIDATION_FAILED', 'The CSV header is not valid.', faults);
  }
  const idColumn = header.indexOf('request_id');
  const columns = schema.features.map((feature) => ({ feature, index: header.indexOf(feature.name) }));
  return function readRow(cells) {
    const instance: Record<string, unknown> = {};
    for (const { feature, index } of columns) {
      const cell = cells[index];
      if (cell !== undefined && cell !== '') instance[feature.name] = cellValue(feature, cell);
    }
    if (cells[idColumn]) instance.request_id = cells[idColumn];
    return instance;
  };
}

// A cell that is no number stays text, and is then refused as such by the schema.
function cellValue(feature: Feature, cell: string): number | string {
  if (feature.kind === 'categorical') return cell;
  const value = Number(cell);
  return Number.isFinite(value) ? value : cell;
}

function headerRow({ classes }: DatasetSchema): string {
  return csvRow(['line', 'prediction', ...classes.map((name) => `probability_${name}`), 'request_id', 'error']);
}

function answerRow(line: number, { prediction, probabilities, request_id }: Answer, { classes }: DatasetSchema): string {
  return csvRow([line, prediction, ...classes.map((name) => probabilities[name] ?? 0), request_id, '']);
}

function errorRow(line: number, error: string, { classes }: DatasetSchema): string {
  return csvRow([line, '', ...classes.map(() => ''), '', error]);
}

function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

// RFC 4180: quoted where it holds a separator, a quote or a line end.
function csvCell(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
