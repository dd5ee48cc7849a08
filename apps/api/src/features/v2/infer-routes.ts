/** `POST /v2/models/{model}[/versions/{version}]/infer`: tensors in, tensors out. */
import type { FastifyReply } from 'fastify';
import type { ModelScope, TypedApp } from '../../model-scope.ts';
import { installProblems } from '../../plugins/problems.ts';
import { paceRequests } from '../predict/pace.ts';
import { LogQuery } from '../predict/schema.ts';
import { acceptInferenceBodies, binaryTensors, dropBody, JSON_LENGTH_HEADER } from './body.ts';
import { encodeBody } from './content-coding.ts';
import { sendInferenceError } from './errors.ts';
import { inputMetadata } from './metadata.ts';
import { chooseOutputs, type EncodedAnswer, encodeAnswer } from './outputs.ts';
import { readInputs } from './read-inputs.ts';
import { sampleIds } from './sample-ids.ts';
import { readSamples } from './samples.ts';
import { type AdmitSamples, boundSamplesInFlight } from './samples-in-flight.ts';
import { InferAnswerSchema, InferRequestSchema, modelParams } from './schema.ts';
import { requireServed } from './served-version.ts';

/** Ten of the largest batches: their answers take about 10 MB. */
const MAX_SAMPLES_IN_FLIGHT = 100_000;

const PATHS = ['/models/:model/infer', '/models/:model/versions/:version/infer'];

/** Registers the routes, in a scope of their own: their bodies and errors are unlike those of the other routes. */
export async function registerInfer(scope: ModelScope): Promise<void> {
  await scope.app.register(
    async function inferRoutes(app: TypedApp) {
      installProblems(app, scope.dependencies.logger, function refuse(reply, error) {
        dropBody(reply.request);
        return sendInferenceError(reply, error);
      });
      acceptInferenceBodies(app);
      const admitSamples = boundSamplesInFlight(MAX_SAMPLES_IN_FLIGHT);
      for (const path of PATHS) registerRoute({ ...scope, app }, path, admitSamples);
    },
    { prefix: '/v2' },
  );
}

function registerRoute(scope: ModelScope, path: string, admitSamples: AdmitSamples): void {
  const { app, schema, served, predictor, readInstance } = scope;
  const inputs = inputMetadata(schema);
  app.post(
    path,
    {
      preHandler: paceRequests(scope.log),
      schema: {
        summary: 'Predict samples given as tensors',
        tags: ['open inference protocol'],
        consumes: ['application/json', 'application/octet-stream'],
        params: modelParams(path),
        querystring: LogQuery,
        body: InferRequestSchema,
        response: { 200: InferAnswerSchema },
      },
    },
    (request, reply) => {
      requireServed(request.params, served());
      const { id } = request.body;
      const chosen = chooseOutputs(schema, request.body);
      const samples = readSamples(schema, readInstance, readInputs(inputs, request.body.inputs, binaryTensors(request)));
      dropBody(request);
      admitSamples(samples.length, reply.raw);
      const requestIds = sampleIds(id, samples.length);
      const logged = request.query.log !== 'false';
      // In one go, without giving other requests their turn: all rows are answered by the version that the answer names.
      const answers = samples.map((sample, row) => predictor(sample, { requestId: requestIds?.[row], logged }));
      return prepareAnswer(reply, encodeAnswer(schema, chosen, answers, id), request.headers['accept-encoding']);
    },
  );
}

/** Sets the header fields of an answer and gives its body. */
async function prepareAnswer(reply: FastifyReply, answer: EncodedAnswer, acceptEncoding: string | undefined): Promise<Buffer> {
  const { body, coding } = await encodeBody(answer.body, acceptEncoding);
  reply.header('vary', 'accept-encoding');
  if (coding) reply.header('content-encoding', coding);
  if (answer.jsonLength !== undefined) reply.header(JSON_LENGTH_HEADER, answer.jsonLength);
  reply.type(answer.jsonLength === undefined ? 'application/json' : 'application/octet-stream');
  return body;
}
