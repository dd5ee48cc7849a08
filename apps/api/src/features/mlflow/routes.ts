/** MLflow's scoring protocol: `GET /ping` and `POST /invocations`. */
import type { Sample } from '@iris/dataset';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { ModelScope, TypedApp } from '../../model-scope.ts';
import { installProblems } from '../../plugins/problems.ts';
import { describeFaults } from '../predict/instance-reader.ts';
import { paceRequests } from '../predict/pace.ts';
import { LogQuery } from '../predict/schema.ts';
import { samplesOfCsv } from './csv.ts';
import { sendMlflowError } from './errors.ts';
import { INVOCATION_CONTENT, InvocationAnswer, type InvocationRequest } from './schema.ts';
import { instancesOf } from './tables.ts';

const TAGS = ['mlflow'];

/** Registers the probe: open to all, and there as soon as a model is. */
export function registerPing(app: FastifyInstance): void {
  app.get('/ping', { schema: { summary: 'Liveness of the model', tags: TAGS } }, (_request, reply) => reply.send());
}

/** Registers scoring, in a scope of its own: CSV is read as text here and as a stream elsewhere, and errors have another shape. */
export async function registerInvocations(scope: ModelScope): Promise<void> {
  await scope.app.register(async function invocations(app: TypedApp) {
    installProblems(app, scope.dependencies.logger, sendMlflowError);
    app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    registerRoute({ ...scope, app });
  });
}

function registerRoute(scope: ModelScope): void {
  const { app, schema, predictor } = scope;
  app.post(
    '/invocations',
    {
      preHandler: paceRequests(scope.log),
      schema: {
        summary: 'Predict a table',
        tags: TAGS,
        querystring: LogQuery,
        body: { content: INVOCATION_CONTENT },
        response: { 200: InvocationAnswer },
      },
    },
    ({ body, query }, reply) => {
      // Without a content type there is no schema to validate with, and no body either.
      if (!body) throw new ApiError('BAD_REQUEST', 'The body is empty.');
      const samples = Buffer.isBuffer(body)
        ? samplesOfCsv(scope, body, reply)
        : readSamples(scope, instancesOf(schema, body as InvocationRequest));
      const logged = query.log !== 'false';
      return { predictions: samples.map((sample) => predictor(sample, { logged }).prediction) };
    },
  );
}

/** All rows or none, so that nothing is logged of a request that is refused. */
function readSamples({ readInstance }: ModelScope, instances: readonly unknown[]): Sample[] {
  return instances.map((instance, row) => {
    const read = readInstance(instance);
    if (read.faults) throw new ApiError('VALIDATION_FAILED', `Row ${row}: ${describeFaults(read.faults)}`);
    return read.sample;
  });
}
