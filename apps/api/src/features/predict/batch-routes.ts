/** `POST /predict/batch`: many samples in one JSON document, or a stream of lines or CSV rows in and out. */
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import { composeBody } from './compose-body.ts';
import { createInstanceForms } from './instance-forms.ts';
import { paceRequests } from './pace.ts';
import { type Answer, thresholdsOf } from './predictor.ts';
import { answerSchema, type Instance, instanceSchema, MAX_BATCH, PredictQuery, rowOptions } from './schema.ts';
import { acceptStreams, answerStream } from './stream.ts';

/** Instances answered before other requests get their turn. */
const SLICE = 500;

/** Registers the route, in a scope of its own: stream parsers must not reach the other routes. */
export async function registerBatch(scope: ModelScope): Promise<void> {
  await scope.app.register(async function batchRoutes(app) {
    acceptStreams(app);
    registerRoute({ ...scope, app });
  });
}

function registerRoute(scope: ModelScope): void {
  const { app, schema, example, predictor, served } = scope;
  const { sampleOf, requestIdOf } = createInstanceForms(schema);
  const body = Type.Unsafe<{ readonly instances: readonly Instance[] }>({
    type: 'object',
    properties: { instances: { type: 'array', items: instanceSchema(schema, example), minItems: 1, maxItems: MAX_BATCH } },
    required: ['instances'],
    additionalProperties: false,
  });
  app.post(
    '/predict/batch',
    {
      ...composeBody(schema, 'instances'),
      preHandler: paceRequests(scope.log),
      schema: {
        summary: 'Predict many samples; NDJSON and CSV stream in and out',
        tags: ['prediction'],
        querystring: PredictQuery,
        body: {
          content: { 'application/json': { schema: body }, 'application/x-ndjson': { schema: {} }, 'text/csv': { schema: {} } },
        },
        response: {
          200: { content: { 'application/json': { schema: Type.Object({ predictions: Type.Array(answerSchema(schema)) }) } } },
        },
      },
    },
    async (request, reply) => {
      const options = rowOptions(request.query);
      // Before anything is answered: a stream has no status to change.
      if (options.withSet) thresholdsOf(served());
      if (isStream(request.body)) return answerStream(scope, request.body, request, reply, options);
      // Without a content type nothing has been parsed or validated.
      if (request.body === undefined || request.body === null) throw new ApiError('JSON_MALFORMED', 'The body is empty.');
      const { instances } = request.body as { readonly instances: readonly Instance[] };
      const answer = (instance: Instance) => predictor(sampleOf(instance), { requestId: requestIdOf(instance), ...options });
      return sendInSlices(reply, instances, answer);
    },
  );
}

/** Sends `{"predictions": […]}`. Of answers and of what they are written with, only a slice is in memory: 6 MiB less for 10,000. */
async function sendInSlices(reply: FastifyReply, instances: readonly Instance[], answer: (instance: Instance) => Answer) {
  const parts: Buffer[] = [];
  for (let start = 0; start < instances.length; start += SLICE) {
    if (start > 0) await setImmediate();
    const answers = instances.slice(start, start + SLICE).map(answer);
    parts.push(Buffer.from(`${start === 0 ? '{"predictions":[' : ','}${JSON.stringify(answers).slice(1, -1)}`));
  }
  return reply.type('application/json; charset=utf-8').send(Buffer.concat([...parts, Buffer.from(']}')]));
}

function isStream(body: unknown): body is NodeJS.ReadableStream {
  return typeof (body as { pipe?: unknown } | null)?.pipe === 'function';
}
