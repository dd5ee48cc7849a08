/** Reference samples for tests, as the API tells them. */
import type { Dataset } from '@iris/dataset';
import type { ReferenceSamples } from '../../lib/api/types.ts';

/** `GET /samples` of a model that was trained on this dataset. */
export function referenceSamples({ schema, samples, labels }: Dataset): ReferenceSamples {
  return {
    features: schema.features.map(({ name }) => name),
    samples,
    labels: labels.map((label) => schema.classes[label]!),
  };
}
