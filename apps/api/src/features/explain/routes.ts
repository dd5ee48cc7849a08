/** `POST /explain`: one sample in, its prediction out with what each feature adds to it. It is never logged as a prediction. */
import { extrapolationWarnings, type Sample } from '@iris/dataset';
import { type Explanation, findObstacle } from '@iris/explanation';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { ApiError } from '../../errors.ts';
import type { ModelScope } from '../../model-scope.ts';
import type { ServedModel } from '../../models/served-model.ts';
import { composeBody } from '../predict/compose-body.ts';
import { createInstanceForms } from '../predict/instance-forms.ts';
import { byClass } from '../predict/predictor.ts';
import { type Instance, instanceSchema } from '../predict/schema.ts';
import { type ExplainedAnswer, ExplainQuery, explanationSchema } from './schema.ts';

/** Registers the route. */
export function registerExplain({ app, dependencies: { explanations }, schema, example, served }: ModelScope): void {
  const body = Type.Unsafe<Instance>(instanceSchema(schema, example));
  const response = { 200: explanationSchema(schema) };
  const { sampleOf } = createInstanceForms(schema);
  const summary = `Explain the prediction of one sample by Shapley values`;
  app.post(
    '/explain',
    { ...composeBody(schema), schema: { summary, tags: ['prediction'], querystring: ExplainQuery, body, response } },
    async (request, reply) => {
      const model = served();
      requireExplainable(model);
      const sample = sampleOf(request.body);
      const { explained } = request.query;
      return describe(model, sample, await explanations.explain(model, sample, leftSignal(reply), explained));
    },
  );
}

function requireExplainable({ document }: ServedModel): void {
  const obstacle = findObstacle({ samples: document.reference.samples });
  if (obstacle) throw new ApiError(obstacle.code, obstacle.message);
}

/** Aborted once nobody reads the answer any more. */
function leftSignal(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return left.signal;
}

function describe(model: ServedModel, sample: Sample, explanation: Explanation): ExplainedAnswer {
  const { classes, features } = model.schema;
  const { classIndex, classProbabilities } = model.predict(sample);
  const warnings = extrapolationWarnings(model.schema, sample);
  return {
    prediction: classes[classIndex]!,
    class_index: classIndex,
    probabilities: byClass(classes, classProbabilities),
    model: model.name,
    version: model.version,
    explained: explanation.explained,
    base: byClass(classes, explanation.base),
    total: byClass(classes, explanation.total),
    contributions: features.map(({ name }, index) => ({
      feature: name,
      value: sample[index]!,
      contributions: byClass(classes, explanation.contributions[index]!),
      ...(explanation.errors && { errors: byClass(classes, explanation.errors[index]!) }),
    })),
    reference_samples: explanation.referenceCount,
    ...(warnings.length > 0 && { warnings }),
  };
}
