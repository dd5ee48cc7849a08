/** `GET /model`, the model card, and `GET /samples`, the reference samples. */
import type { FastifyInstance } from 'fastify';
import type { ModelScope } from '../../model-scope.ts';
import type { Served } from '../../models/served-model.ts';
import { ModelCard, ReferenceSamples } from './schema.ts';

/** Registers the card, which is open to all: it holds the schema and figures, no row. `served` gives the model of the moment. */
export function registerModel(app: FastifyInstance, served: Served): void {
  app.get('/model', { schema: { summary: 'Model card', tags: ['model'], response: { 200: ModelCard } } }, () => {
    const { name, document } = served();
    const { model: algorithm, version, dataset, metrics, training, comparison, importance, conformal, checksum } = document;
    const found = { ...(comparison && { comparison }), ...(importance && { importance }), ...(conformal && { conformal }) };
    return { name, algorithm, version, dataset, metrics, training, ...found, checksum };
  });
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
