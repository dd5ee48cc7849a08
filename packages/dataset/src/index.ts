export type { CategoricalFeature, Dataset, DatasetSchema, Feature, FeatureValue, NumericFeature, Range, Sample } from './schema.ts';
