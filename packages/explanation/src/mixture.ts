/** A row on its way from a reference to the sample, one feature after the other, and what a model says at each step. */
import type { Model } from '@iris/model';
import type { MethodSetting } from './explanation.ts';

/** The row. One is reused for all, which is safe because no call suspends. */
export interface Mixture {
  /** The sample that features are taken from from now on: an encoded row. */
  setSample(row: Float64Array): void;
  /** Starts again, at a reference. */
  begin(reference: number): void;
  /** Takes a feature from the sample. */
  take(feature: number): void;
  /** Writes the class probabilities of the row as it stands. */
  write(out: Float64Array): void;
}

/** For any model: each step is a prediction. */
export function mixRows(model: Model, { columnFeatures, references }: MethodSetting): Mixture {
  const width = columnFeatures.length;
  const sample = new Float64Array(width);
  const row = new Float64Array(width);
  return {
    setSample: (given) => sample.set(given),
    begin: (reference) => row.set(references.subarray(reference * width, (reference + 1) * width)),
    take(feature) {
      for (let column = 0; column < width; column++) if (columnFeatures[column] === feature) row[column] = sample[column]!;
    },
    write: (out) => out.set(model.predictBatch(row, 1).classProbabilities),
  };
}
