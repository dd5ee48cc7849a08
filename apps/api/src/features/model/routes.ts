/** `GET /model`, the model card, and `GET /samples`, the reference samples. */
import type { FastifyInstance } from 'fastify';
import type { Served } from '../../models/served-model.ts';
import { ModelCard, ReferenceSamples } from './schema.ts';

/** Registers the routes; `served` gives the model of the moment. */
export function registerModel(app: FastifyInstance, served: Served): void {
  app.get('/model', { schema: { summary: 'Model card', tags: ['model'], response: { 200: ModelCard } } }, () => {
    const { name, document } = served();
    const { model: algorithm, version, dataset, metrics, training, checksum } = document;
    return { name, algorithm, version, dataset, metrics, training, checksum };
  });

  app.get('/samples', { schema: { summary: 'Reference samples', tags: ['model'], response: { 200: ReferenceSamples } } }, () => {
    const { schema, document } = served();
    return {
      features: schema.features.map((feature) => feature.name),
      samples: document.reference.samples,
      labels: document.reference.labels.map((label) => schema.classes[label] ?? ''),
    };
  });
}
