/** A CSV body as the samples of its rows. */
import type { Sample } from '@iris/dataset';
import { readInParts, type TableRow } from '@iris/dataset/table';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { createCsvReader, describeFormat, FORMAT_FIELD, readRow, readTable } from '../predict/csv-instances.ts';
import { MAX_BATCH } from '../predict/schema.ts';
import { requireRowCount } from './row-count.ts';

/**
 * Reads a table with a header by the rules of `POST /predict/batch`; all rows or none.
 *
 * @throws ApiError `VALIDATION_FAILED` for a header that lacks a column or has it twice, for too few or many rows, and for the first faulty row.
 */
export function samplesOfCsv(scope: ModelScope, body: Buffer, reply: FastifyReply): Sample[] {
  const reader = createCsvReader(scope.schema, reply.request.headers['content-type']);
  try {
    const samples = readTable(() => readSamples(scope, readInParts(reader, body)));
    requireRowCount(samples.length);
    return samples;
  } finally {
    const format = reader.format();
    if (format) reply.header(FORMAT_FIELD, describeFormat(format));
  }
}

/** Goes no further than the answer is known: a body of 2 MiB can have a million rows. */
function readSamples({ schema, readInstance }: ModelScope, parts: Iterable<readonly TableRow[]>): Sample[] {
  const samples: Sample[] = [];
  for (const rows of parts) {
    for (const row of rows) {
      const read = readRow(schema, readInstance, row);
      if (read.error !== undefined) throw new ApiError('VALIDATION_FAILED', `Row ${samples.length}: ${read.error}`);
      if (samples.push(read.sample) > MAX_BATCH) return samples;
    }
  }
  return samples;
}
