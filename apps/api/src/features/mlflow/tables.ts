/** The four JSON forms of MLflow's scoring protocol, each read as rows of instances that are still to be validated. */
import type { DatasetSchema } from '@iris/dataset';
import { findColumns, type TableColumn } from '@iris/dataset/table';
import { ApiError } from '../../errors.ts';
import { readTable } from '../predict/csv-instances.ts';
import { requireRowCount } from './row-count.ts';
import type { InvocationRequest } from './schema.ts';

/** An instance as `POST /predict` takes it: named values or `features` in column order. */
type Instance = Readonly<Record<string, unknown>>;

/** The features, as columns of a table. */
type Wanted = readonly TableColumn[];

/** Forms of a request, of which exactly one is given. */
const FORMS = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/**
 * Rows of the one form that the request has.
 *
 * Columns that the model does not know are passed over, as MLflow does for a model with a signature.
 *
 * @throws ApiError `VALIDATION_FAILED` for none or several forms, for too few or many rows, and for columns of different lengths.
 */
export function instancesOf(schema: DatasetSchema, request: InvocationRequest): readonly unknown[] {
  const given = FORMS.filter((form) => request[form] !== undefined);
  if (given.length !== 1) throw invalid(`the body must have exactly one of ${FORMS.join(', ')}`);
  const { dataframe_split, dataframe_records, instances, inputs } = request;
  // A row tells itself what is missing.
  const wanted = schema.features.map(({ name, kind }) => ({ name, kind, optional: true }));
  if (dataframe_split) return splitRows(wanted, dataframe_split.columns, dataframe_split.data);
  if (inputs && !isRows(inputs)) return columnRows(wanted, inputs);
  const rows = dataframe_records ?? instances ?? inputs ?? [];
  requireRowCount(rows.length);
  return rows.map((row) => readRow(wanted, row));
}

function readRow(wanted: Wanted, row: unknown): unknown {
  if (Array.isArray(row)) return { features: row };
  if (typeof row !== 'object' || row === null) return row;
  const values = Object.values(row);
  return pick(wanted, indexesOf(wanted, Object.keys(row)), (index) => values[index]);
}

function splitRows(wanted: Wanted, names: readonly string[], data: readonly (readonly unknown[])[]): Instance[] {
  requireRowCount(data.length);
  const indexes = indexesOf(wanted, names);
  return data.map((row, number) => {
    if (row.length !== names.length) throw invalid(`row ${number} must have ${names.length} values, one for each column`);
    return pick(wanted, indexes, (index) => row[index]);
  });
}

function columnRows(wanted: Wanted, table: Readonly<Record<string, readonly unknown[]>>): Instance[] {
  const indexes = indexesOf(wanted, Object.keys(table));
  const values = Object.values(table);
  const lengths = new Set(values.map((column) => column.length));
  if (lengths.size > 1) throw invalid('the columns of inputs differ in length');
  const [length = 0] = lengths;
  requireRowCount(length);
  return Array.from({ length }, (_, row) => pick(wanted, indexes, (index) => values[index]![row]));
}

/** Where each feature is among the names, by the rules of CSV. */
function indexesOf(wanted: Wanted, names: readonly string[]): readonly number[] {
  return readTable(() => findColumns(names, wanted));
}

function pick(wanted: Wanted, indexes: readonly number[], read: (index: number) => unknown): Instance {
  const entries = wanted.map(({ name }, at) => [name, indexes[at]! < 0 ? undefined : read(indexes[at]!)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isRows(inputs: NonNullable<InvocationRequest['inputs']>): inputs is readonly unknown[] {
  return Array.isArray(inputs);
}

function invalid(detail: string): ApiError {
  return new ApiError('VALIDATION_FAILED', detail);
}
