/** `GET /model`, the model card, `GET /model/partial-dependence`, and `GET /samples`, the reference samples. */
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { ModelScope, TypedApp } from '../../model-scope.ts';
import type { Served } from '../../models/served-model.ts';
import { byClass } from '../predict/predictor.ts';
import { FeatureQuery, ModelCard, partialDependenceSchema, ReferenceSamples } from './schema.ts';

/** Registers the card and what it leaves to another route; open to all: they hold the schema and figures, no row. `served` gives the model of the moment. */
export function registerModel(app: FastifyInstance, served: Served): void {
  app.get('/model', { schema: { summary: 'Model card', tags: ['model'], response: { 200: ModelCard } } }, () => {
    const { name, document } = served();
    const { model: algorithm, version, dataset, metrics, training, comparison, importance, conformal, checksum } = document;
    const partialDependenceOf = document.partialDependence?.map(({ feature }) => feature);
    const found = {
      ...(comparison && { comparison }),
      ...(importance && { importance }),
      ...(conformal && { conformal }),
      ...(partialDependenceOf && { partialDependenceOf }),
    };
    return { name, algorithm, version, dataset, metrics, training, ...found, checksum };
  });
  registerPartialDependence(app as TypedApp, served);
}

/** A feature at a time: of thirty features and many classes the whole would be megabytes. */
function registerPartialDependence(app: TypedApp, served: Served): void {
  const summary = 'What the model answers on average as one feature changes';
  const response = { 200: partialDependenceSchema(served().schema) };
  app.get(
    '/model/partial-dependence',
    { schema: { summary, tags: ['model'], querystring: FeatureQuery, response } },
    ({ query: { feature } }) => {
      const { schema, document } = served();
      const followed = document.partialDependence ?? [];
      const found = followed.find((dependence) => dependence.feature === feature);
      if (!found) throw unknownFeature(followed.map((dependence) => dependence.feature));
      const points = found.points.map(({ value, probabilities }) => ({
        value,
        probabilities: byClass(schema.classes, probabilities),
      }));
      return { feature, points };
    },
  );
}

function unknownFeature(followed: readonly string[]): ApiError {
  const detail =
    followed.length === 0
      ? 'the model file follows no feature: it was written by an older program; train it anew'
      : `must be one of those that the model file follows: ${followed.join(', ')}`;
  return new ApiError('VALIDATION_FAILED', 'The query is not valid.', [{ pointer: '/feature', detail }]);
}

/** Registers the samples: rows that the model was trained on, with their labels. */
export function registerSamples({ app, served }: Pick<ModelScope, 'app' | 'served'>): void {
  app.get('/samples', { schema: { summary: 'Reference samples', tags: ['model'], response: { 200: ReferenceSamples } } }, () => {
    const { schema, document } = served();
    return {
      features: schema.features.map((feature) => feature.name),
      samples: document.reference.samples,
      labels: document.reference.labels.map((label) => schema.classes[label] ?? ''),
    };
  });
}
