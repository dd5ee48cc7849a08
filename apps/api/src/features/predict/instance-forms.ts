/** The two forms of an instance, whatever the features are called: named values, or `features` in column order. */
import { type DatasetSchema, type Sample, sampleFromRecord } from '@iris/dataset';
import { FEATURES, type Instance, REQUEST_ID } from './schema.ts';

/** Takes valid instances apart. */
export interface InstanceForms {
  /** In schema order. */
  sampleOf(instance: Instance): Sample;
  /** The caller's own name of the prediction; a feature of that name leaves no place for it beside named values. */
  requestIdOf(instance: Instance): string | undefined;
}

/** Makes them for a dataset schema. */
export function createInstanceForms(schema: DatasetSchema): InstanceForms {
  const isIdFeature = schema.features.some(({ name }) => name === REQUEST_ID);
  // A feature of the name `features` is a number or a level, no array.
  const isOrdered = (instance: Instance) => Array.isArray(instance[FEATURES]);
  return {
    sampleOf: (instance) => (isOrdered(instance) ? (instance[FEATURES] as Sample) : sampleFromRecord(schema, instance)),
    requestIdOf: (instance) => (isIdFeature && !isOrdered(instance) ? undefined : (instance[REQUEST_ID] as string | undefined)),
  };
}
