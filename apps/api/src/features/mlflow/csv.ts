/** A CSV body as rows of instances that are still to be validated. */
import type { DatasetSchema } from '@iris/dataset';
import { parse } from 'csv-parse/sync';
import { ApiError } from '../../errors.ts';
import { createRowReader } from '../predict/csv-stream.ts';

/**
 * Reads a table with a header; columns may be in any order, unknown ones are passed over.
 *
 * @throws ApiError `BAD_REQUEST` when it is not CSV, `VALIDATION_FAILED` when the header lacks a column.
 */
export function instancesOfCsv(schema: DatasetSchema, text: string): readonly unknown[] {
  const [header = [], ...rows] = parseCells(text);
  return rows.map(createRowReader(schema, header));
}

function parseCells(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch {
    throw new ApiError('BAD_REQUEST', 'The body is not CSV with the same number of cells in each line.');
  }
}
