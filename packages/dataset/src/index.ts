export { appendRows, type Dataset, datasetOf, samplesOf, selectRows } from './dataset.ts';
export { DATE_FORMATS, dayOf } from './days.ts';
export { createEncoder, createLevelIndex, type Encoder, encodeSamples } from './encoder.ts';
export { DatasetError, type DatasetErrorCode, type DatasetProblem, describeProblem } from './errors.ts';
export { extrapolationWarnings } from './extrapolation.ts';
export { isValueOf, takesAnyText } from './feature-value.ts';
export { identifiersOf } from './identifiers.ts';
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
  DatasetSchema,
  DatasetSchemaDraft,
  DateFeature,
  DateFormat,
  Feature,
  FeatureDraft,
  FeatureValue,
  NumericFeature,
  Range,
  Sample,
} from './schema.ts';
export { requireConsistentSchema } from './schema-consistency.ts';
export { DATASET_SCHEMA_DOCUMENT, MAX_MAGNITUDE } from './schema-document.ts';
export { splitWide } from './wide-schema.ts';
