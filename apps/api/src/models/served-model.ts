/** A model in service: its document, ready to answer samples. */
import { createEncoder, type DatasetSchema, type Sample } from '@iris/dataset';
import { type Model, parseModel } from '@iris/model';
import type { ModelDocument } from '@iris/model-file';

/** Label index and class probabilities of one sample, in the order of the schema's classes. */
interface Prediction {
  readonly classIndex: number;
  readonly classProbabilities: ArrayLike<number>;
}

/** A loaded model with the names it is served under. */
export interface ServedModel {
  readonly document: ModelDocument;
  readonly schema: DatasetSchema;
  /** Served name: `MODEL_NAME`, else the algorithm. */
  readonly name: string;
  readonly version: string;
  /** Predicts one valid sample, given in schema order. */
  predict(sample: Sample): Prediction;
}

/** Gives the model of the moment; within an app all are of one dataset schema. */
export type Served = () => ServedModel;

/** Puts a checked document into service. */
export function createServedModel(document: ModelDocument, servedName: string | undefined): ServedModel {
  const encoder = createEncoder(document.dataset);
  const model: Model = parseModel(document.parameters);
  const row = new Float64Array(encoder.size);
  return {
    document,
    schema: document.dataset,
    name: servedName ?? document.model,
    version: document.version,
    predict(sample) {
      encoder.encode(sample, row, 0);
      return model.predict(row);
    },
  };
}
