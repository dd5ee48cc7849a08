/** Reference samples for tests, as the API tells them. */
import { type Dataset, samplesOf } from '@iris/dataset';
import type { ReferenceSamples } from '../../lib/api/types.ts';

/** `GET /samples` of a model that was trained on this dataset. */
export function referenceSamples(dataset: Dataset): ReferenceSamples {
  const { schema, labels } = dataset;
  return {
    features: schema.features.map(({ name }) => name),
    samples: samplesOf(dataset),
    labels: Array.from(labels, (label) => schema.classes[label]!),
  };
}
