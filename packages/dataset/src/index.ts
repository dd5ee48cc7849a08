export { createEncoder, type Encoder, encodeSamples } from './encoder.ts';
export { DatasetError, type DatasetErrorCode, type DatasetProblem, describeProblem } from './errors.ts';
export { extrapolationWarnings } from './extrapolation.ts';
export {
  featureJsonSchema,
  type JsonSchema,
  namedSampleProperties,
  orderedSampleSchema,
  recordFromSample,
  sampleFromRecord,
} from './sample-schema.ts';
export type {
  CategoricalFeature,
  Dataset,
  DatasetSchema,
  Feature,
  FeatureValue,
  NumericFeature,
  Range,
  Sample,
} from './schema.ts';
export { requireConsistentSchema } from './schema-consistency.ts';
export { DATASET_SCHEMA_DOCUMENT, MAX_MAGNITUDE } from './schema-document.ts';
