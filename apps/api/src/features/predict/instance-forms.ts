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
  const names = new Set(schema.features.map(({ name }) => name));
  // The usual case needs no look at what `features` is.
  if (!names.has(FEATURES) && !names.has(REQUEST_ID)) {
    return {
      sampleOf: (instance) => (instance[FEATURES] as Sample | undefined) ?? sampleFromRecord(schema, instance),
      requestIdOf: (instance) => instance[REQUEST_ID] as string | undefined,
    };
  }
  const isOrdered = (instance: Instance) => Array.isArray(instance[FEATURES]);
  return {
    sampleOf: (instance) => (isOrdered(instance) ? (instance[FEATURES] as Sample) : sampleFromRecord(schema, instance)),
    requestIdOf: (instance) =>
      names.has(REQUEST_ID) && !isOrdered(instance) ? undefined : (instance[REQUEST_ID] as string | undefined),
  };
}
