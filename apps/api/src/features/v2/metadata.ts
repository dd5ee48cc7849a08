/** What the model takes and gives, in the terms of the Open Inference Protocol; derived from the dataset's schema alone. */
import type { DatasetSchema } from '@iris/dataset';

/** Datatypes of the tensors that a served model gives, and documents that it takes. */
type ModelDatatype = 'FP64' | 'BYTES';

/** Name, datatype and shape of a tensor; −1 stands for the number of samples. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: ModelDatatype;
  readonly shape: readonly number[];
}

/** Format of the model, as `<project>_<format>`. */
export const PLATFORM = 'iris_json';

/** Output with the predicted class name of each sample. */
export const LABEL_OUTPUT = 'label';
/** Output with each sample's class probabilities, in the order of the schema's classes. */
const PROBABILITIES_OUTPUT = 'probabilities';

/** Inputs: one matrix `features` `[-1, d]` when every feature is numeric, else a column `[-1, 1]` for each feature. */
export function inputMetadata({ features }: DatasetSchema): readonly TensorMetadata[] {
  const isNumeric = features.every(({ kind }) => kind === 'numeric');
  if (isNumeric) return [{ name: 'features', datatype: 'FP64', shape: [-1, features.length] }];
  return features.map(({ name, kind }) => ({ name, datatype: kind === 'numeric' ? 'FP64' : 'BYTES', shape: [-1, 1] }));
}

/** Outputs, in the order in which they are given when the caller does not choose. */
export function outputMetadata({ classes }: DatasetSchema): readonly TensorMetadata[] {
  return [
    { name: LABEL_OUTPUT, datatype: 'BYTES', shape: [-1] },
    { name: PROBABILITIES_OUTPUT, datatype: 'FP64', shape: [-1, classes.length] },
  ];
}
