/** Rows of CSV as instances that are still to be validated: what `POST /predict/batch` and `POST /invocations` read as CSV. */
import type { DatasetSchema } from '@iris/dataset';
import {
  createTableReader,
  type TableColumn,
  TableError,
  type TableFault,
  type TableFormat,
  type TableReader,
  type TableRow,
} from '@iris/dataset/table';
import { ApiError, type FieldFault } from '../../errors.ts';
import { pointerTo } from '../../plugins/json-pointer.ts';
import { describeFaults, type InstanceReader, type ReadInstance } from './instance-reader.ts';
import { REQUEST_ID } from './schema.ts';

/** What the schema says of a value is enough, unless the file is why it is wrong. */
const TOLD_BY_SCHEMA: ReadonlySet<TableFault['kind']> = new Set(['missing', 'notANumber', 'notADate', 'unknownLevel']);

/** A sample that a row holds, or in one line why it holds none. */
export type ReadRow =
  | (Extract<ReadInstance, { readonly sample: unknown }> & { readonly error?: undefined })
  | { readonly error: string };

/**
 * Makes the reader of one body.
 *
 * @param contentType its `charset` is believed, see `createTableReader`.
 * @throws ApiError `MEDIA_TYPE_UNSUPPORTED` for a charset that there is none of.
 */
export function createCsvReader(schema: DatasetSchema, contentType = ''): TableReader {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  try {
    return createTableReader(wantedColumns(schema), { charset, missingTokens: schema.missingTokens ?? [] });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ApiError('MEDIA_TYPE_UNSUPPORTED', 'The charset is not known; UTF-8 needs none.');
  }
}

/** The header field that says how a body was read. */
export const FORMAT_FIELD = 'x-csv-format';

const SEPARATOR_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** Its value. */
export function describeFormat({ encoding, separator, decimalSign }: TableFormat): string {
  return `encoding=${encoding}; separator=${SEPARATOR_NAMES[separator]}; decimal=${decimalSign === ',' ? 'comma' : 'point'}`;
}

function wantedColumns({ features }: DatasetSchema): TableColumn[] {
  const hasOwn = features.some(({ name }) => name === REQUEST_ID);
  return hasOwn ? [...features] : [...features, { name: REQUEST_ID, kind: 'text', optional: true }];
}

/** Reads a table, or throws what is wrong with it as an ApiError `VALIDATION_FAILED`. */
export function readTable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const faults = error.columns.map(({ column, detail }) => ({ pointer: pointerTo(column), detail }));
    const detail = faults.length > 0 ? 'The columns are not valid.' : `The body is not a table: ${error.message}.`;
    throw new ApiError('VALIDATION_FAILED', detail, faults);
  }
}

/** Validates a row as every other instance. */
export function readRow(schema: DatasetSchema, readInstance: InstanceReader, { values, faults }: TableRow): ReadRow {
  const [first] = faults;
  if (first && first.column === undefined) return { error: first.detail };
  const read = readInstance(instanceOf(schema, values));
  return read.faults ? { error: describeFaults(read.faults.map((fault) => withReason(fault, faults))) } : read;
}

function instanceOf({ features }: DatasetSchema, values: TableRow['values']): Record<string, unknown> {
  const instance: Record<string, unknown> = {};
  for (let index = 0; index < features.length; index++) {
    const value = values[index];
    if (value !== undefined) instance[features[index]!.name] = value;
  }
  const id = values[features.length];
  if (id !== undefined) instance[REQUEST_ID] = id;
  return instance;
}

function withReason({ pointer, detail }: FieldFault, faults: readonly TableFault[]): FieldFault {
  const reason = faults.find(({ column = '', kind }) => !TOLD_BY_SCHEMA.has(kind) && pointerTo(column) === pointer);
  return { pointer, detail: reason?.detail ?? detail };
}
