/** The four JSON forms of MLflow's scoring protocol, each read as rows of instances that are still to be validated. */
import type { DatasetSchema } from '@iris/dataset';
import { ApiError } from '../../errors.ts';
import type { InvocationRequest } from './schema.ts';

/** An instance as `POST /predict` takes it: named values or `features` in column order. */
type Instance = Readonly<Record<string, unknown>>;

/** Forms of a request, of which exactly one is given. */
const FORMS = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/**
 * Rows of the one form that the request has.
 *
 * Columns that the model does not know are passed over, as MLflow does for a model with a signature.
 *
 * @throws ApiError `VALIDATION_FAILED` for none or several forms, and for columns of different lengths.
 */
export function instancesOf(schema: DatasetSchema, request: InvocationRequest): readonly unknown[] {
  const given = FORMS.filter((form) => request[form] !== undefined);
  if (given.length !== 1) throw invalid(`the body must have exactly one of ${FORMS.join(', ')}`);
  const { dataframe_split, dataframe_records, instances, inputs } = request;
  if (dataframe_split) return splitRows(schema, dataframe_split.columns, dataframe_split.data);
  if (inputs && !isRows(inputs)) return columnRows(schema, inputs);
  return (dataframe_records ?? instances ?? inputs ?? []).map((row) => readRow(schema, row));
}

function readRow(schema: DatasetSchema, row: unknown): unknown {
  if (Array.isArray(row)) return { features: row };
  return typeof row === 'object' && row !== null ? pick(schema, (name) => (row as Instance)[name]) : row;
}

function splitRows(schema: DatasetSchema, columns: readonly string[], data: readonly (readonly unknown[])[]): Instance[] {
  const indexes = new Map(columns.map((name, index) => [name, index]));
  return data.map((row, number) => {
    if (row.length !== columns.length) throw invalid(`row ${number} must have ${columns.length} values, one for each column`);
    return pick(schema, (name) => row[indexes.get(name) ?? -1]);
  });
}

function columnRows(schema: DatasetSchema, columns: Readonly<Record<string, readonly unknown[]>>): Instance[] {
  const lengths = new Set(Object.values(columns).map((column) => column.length));
  if (lengths.size > 1) throw invalid('the columns of inputs differ in length');
  const [length = 0] = lengths;
  return Array.from({ length }, (_, row) => pick(schema, (name) => columns[name]?.[row]));
}

function pick({ features }: DatasetSchema, read: (name: string) => unknown): Instance {
  const entries = features.map(({ name }) => [name, read(name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isRows(inputs: NonNullable<InvocationRequest['inputs']>): inputs is readonly unknown[] {
  return Array.isArray(inputs);
}

function invalid(detail: string): ApiError {
  return new ApiError('VALIDATION_FAILED', detail);
}
