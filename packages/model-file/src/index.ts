/** The model file: one JSON document, sealed with a checksum, written atomically, proven sound when read. */
export { canonicalJson } from './canonical-json.ts';
export { checksum, type UnsealedDocument } from './checksum.ts';
export type {
  ComparedModel,
  Comparison,
  ConformalSets,
  Estimate,
  FeatureImportance,
  ModelDocument,
  ModelMetrics,
  PartialDependence,
} from './document.ts';
export { ModelFileError, type ModelFileErrorCode, type ModelFileErrorDetails } from './errors.ts';
export { assertModelFileWritable, readModelFile, writeModelFile } from './model-file.ts';
export { MAX_MODEL_FILE_BYTES, parseModelDocument } from './parse-model-document.ts';
export { serializeModel } from './serialize-model.ts';
