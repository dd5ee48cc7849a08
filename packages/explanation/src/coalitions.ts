/** Shapley values by their definition: every coalition of features is tried. Exact for any model, at 2^features × references predictions. */
import type { Model } from '@iris/model';
import type { Method, MethodSetting } from './explanation.ts';
import { shapleyValues } from './shapley.ts';

/**
 * Explains probabilities.
 *
 * S. M. Lundberg and S.-I. Lee, A unified approach to interpreting model predictions, NIPS 2017; the value of a coalition is the interventional
 * one, as in `shap.explainers.Exact` with an independent masker.
 */
export function byCoalitions(model: Model, setting: MethodSetting): Method {
  const { classCount, featureCount } = setting;
  const worthOf = createValuation(model, setting);
  return {
    explained: 'probability',
    attribute(row) {
      const values = new Float64Array(2 ** featureCount * classCount);
      for (let coalition = 0; coalition < 2 ** featureCount; coalition++) {
        values.set(worthOf(row, coalition), coalition * classCount);
      }
      return { base: values.subarray(0, classCount), contributions: shapleyValues(featureCount, values, classCount) };
    },
  };
}

/** Makes the function that gives the mean class probabilities once a coalition of features has the sample's values. */
function createValuation(model: Model, { columnFeatures, references, referenceCount }: MethodSetting) {
  const rows = new Float64Array(references.length);
  return function worthOf(row: Float64Array, coalition: number): Float64Array {
    rows.set(references);
    columnFeatures.forEach((feature, column) => {
      if ((coalition & (1 << feature)) === 0) return;
      for (let at = column; at < rows.length; at += columnFeatures.length) rows[at] = row[column]!;
    });
    return meanRow(model.predictBatch(rows, referenceCount).classProbabilities, model.classCount);
  };
}

function meanRow(matrix: Float64Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  const count = matrix.length / width;
  for (let at = 0; at < matrix.length; at++) mean[at % width]! += matrix[at]!;
  return mean.map((sum) => sum / count);
}
