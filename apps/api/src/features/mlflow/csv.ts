/** A CSV body as the samples of its rows. */
import type { Sample } from '@iris/dataset';
import { readWhole } from '@iris/dataset/table';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { createCsvReader, describeFormat, FORMAT_FIELD, readRow, readTable } from '../predict/csv-instances.ts';
import { requireRowCount } from './row-count.ts';

/**
 * Reads a table with a header by the rules of `POST /predict/batch`; all rows or none.
 *
 * @throws ApiError `VALIDATION_FAILED` for a header that lacks a column or has it twice, for too few or many rows, and for the first faulty row.
 */
export function samplesOfCsv({ schema, readInstance }: ModelScope, body: Buffer, reply: FastifyReply): Sample[] {
  const reader = createCsvReader(schema, reply.request.headers['content-type']);
  const rows = readTable(() => readWhole(reader, body));
  reply.header(FORMAT_FIELD, describeFormat(reader.format()!));
  requireRowCount(rows.length);
  return rows.map((row, index) => {
    const read = readRow(schema, readInstance, row);
    if (read.error !== undefined) throw new ApiError('VALIDATION_FAILED', `Row ${index}: ${read.error}`);
    return read.sample;
  });
}
