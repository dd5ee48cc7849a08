/** Streams in and out in constant memory: each line or row is answered as it comes, and a bad one does not end the stream. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ModelScope, TypedApp } from '../../model-scope.ts';
import { untilDeparture, watchDeparture } from '../../plugins/departures.ts';
import { answerCsvRows } from './csv-stream.ts';
import { answerLines } from './line-stream.ts';
import type { RowOptions } from './predictor.ts';

const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv';

/** Lets the routes of this scope take NDJSON and CSV as streams. */
export function acceptStreams(app: TypedApp): void {
  // Unlike other bodies a stream is never held, so that the body limit does not apply to it.
  app.addContentTypeParser([NDJSON, CSV], (_request, payload, done) => done(null, payload));
}

/** Answers a stream in its own format. */
export async function answerStream(
  scope: ModelScope,
  body: NodeJS.ReadableStream,
  request: FastifyRequest,
  reply: FastifyReply,
  options: RowOptions,
) {
  const isCsv = request.headers['content-type']?.trim().toLowerCase().startsWith(CSV) === true;
  const answers = isCsv ? await answerCsvRows(scope, body, reply, options) : answerLines(scope, body, options);
  watchDeparture(scope.dependencies.logger, reply);
  const lines = Readable.from(untilDeparture(answers, reply), { objectMode: false });
  return reply.type(isCsv ? `${CSV}; charset=utf-8` : NDJSON).send(lines);
}
