/** CSV: columns by name in any order in; label, probabilities or an error out, with the number of each row's line. */
import type { DatasetSchema, Feature } from '@iris/dataset';
import { type CsvError, type Parser, parse } from 'csv-parse';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { describeFaults } from './instance-reader.ts';
import { MAX_LINE_CHARS } from './lines.ts';
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
  const unreadable: string[] = [];
  const parser = parse({
    bom: true,
    // Led by its line: the library's own `info` leaves an object of ten members for each row.
    on_record: (cells: string[], { lines }) => [String(lines), ...cells],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: MAX_LINE_CHARS,
    skip_records_with_error: true,
    on_skip: (error?: CsvError) => {
      unreadable.push(errorRow(String(error?.lines ?? ''), 'is not CSV', scope.schema));
    },
  });
  body.on('error', (error) => parser.destroy(error));
  const records = body.pipe(parser)[Symbol.asyncIterator]() as AsyncIterator<readonly string[]>;
  const header = await records.next();
  const readRow = createRowReader(scope.schema, header.done ? [] : header.value.slice(1));
  return answerRecords(scope, parser, records, readRow, unreadable, logged);
}

async function* answerRecords(
  { schema, readInstance, predictor, log }: ModelScope,
  parser: Parser,
  records: AsyncIterator<readonly string[]>,
  readRow: ReadRow,
  unreadable: string[],
  logged: boolean,
): AsyncGenerator<string> {
  let rows = headerRow(schema);
  for (let next = await records.next(); !next.done; next = await records.next()) {
    const [line = '', ...cells] = next.value;
    const read = readInstance(readRow(cells));
    rows += read.faults
      ? errorRow(line, describeFaults(read.faults), schema)
      : answerRow(line, predictor(read.sample, { requestId: read.requestId, logged }), schema);
    // Sent when nothing more is waiting, so that a slow feed sees each answer and a fast one few, large chunks.
    if (parser.readableLength > 0) continue;
    if (logged) await keepPace(log);
    yield rows + unreadable.splice(0).join('');
    rows = '';
  }
  const last = rows + unreadable.splice(0).join('');
  if (last !== '') yield last;
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

function answerRow(line: string, { prediction, probabilities, request_id }: Answer, { classes }: DatasetSchema): string {
  return csvRow([line, prediction, ...classes.map((name) => probabilities[name] ?? 0), request_id, '']);
}

function errorRow(line: string, error: string, { classes }: DatasetSchema): string {
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
