/** `POST /predict`: one sample in, one answer out. */
import { Type } from 'typebox';
import type { ModelScope } from '../../model-scope.ts';
import { answerSchema, type Instance, instanceSchema, LogQuery, sampleOf } from './schema.ts';

/** Registers the route. */
export function registerPredict({ app, schema, example, predictor }: ModelScope): void {
  const body = Type.Unsafe<Instance>(instanceSchema(schema, example));
  const response = { 200: answerSchema(schema) };
  app.post(
    '/predict',
    {
      schema: { summary: `Predict ${schema.target} of one sample`, tags: ['prediction'], querystring: LogQuery, body, response },
    },
    (request) => {
      const { body: instance, query } = request;
      return predictor(sampleOf(schema, instance), { requestId: instance.request_id, logged: query.log !== 'false' });
    },
  );
}
