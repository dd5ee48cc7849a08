/** `POST /predict`: one sample in, one answer out. */
import { Type } from 'typebox';
import type { ModelScope } from '../../model-scope.ts';
import { composeBody } from './compose-body.ts';
import { createInstanceForms } from './instance-forms.ts';
import { answerSchema, type Instance, instanceSchema, PredictQuery, rowOptions } from './schema.ts';

/** Registers the route. */
export function registerPredict({ app, schema, example, predictor }: ModelScope): void {
  const body = Type.Unsafe<Instance>(instanceSchema(schema, example));
  const response = { 200: answerSchema(schema) };
  const { sampleOf, requestIdOf } = createInstanceForms(schema);
  app.post(
    '/predict',
    {
      ...composeBody(schema),
      schema: {
        summary: `Predict ${schema.target} of one sample`,
        tags: ['prediction'],
        querystring: PredictQuery,
        body,
        response,
      },
    },
    (request) => {
      const { body: instance, query } = request;
      return predictor(sampleOf(instance), { requestId: requestIdOf(instance), ...rowOptions(query) });
    },
  );
}
