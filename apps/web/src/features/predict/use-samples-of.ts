/** The reference samples of the dataset on the page. */
'use client';
import { type Loaded, useSamples } from '../../lib/api/hooks.ts';
import type { DatasetSchema, ReferenceSamples } from '../../lib/api/types.ts';

/** Not there while those of another dataset are: model and samples are two answers, and another model may come between them. */
export function useSamplesOf({ features }: DatasetSchema): Loaded<ReferenceSamples> {
  const { data, error, isLoading } = useSamples();
  const isOfSchema = data?.features.length === features.length && features.every(({ name }, at) => name === data.features[at]);
  return { data: isOfSchema ? data : undefined, error, isLoading };
}
