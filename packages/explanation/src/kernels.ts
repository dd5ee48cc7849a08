/** Explains the margins of support vector classifiers. */
import { expNegative } from '@iris/model/exponential';
import type { KernelModel } from '@iris/model/scores';
import type { Method, MethodSetting } from './explanation.ts';
import { createKernelShap } from './kernel-shap.ts';
import { marginWeights } from './pair-weights.ts';
import { scaleReferences, scaleRow, transpose } from './scaled-rows.ts';

/** Explains how far each class is ahead of the others in the log-odds of Platt scaling. */
export function byKernels(model: KernelModel, setting: MethodSetting): Method {
  const { classCount, featureCount } = setting;
  const { constants, weights } = marginWeights(model);
  const count = model.starts[classCount]!;
  const references = scaleReferences(model, setting);
  const row = new Float64Array(model.sources.length);
  const marginsOf = createMargins(model.vectors, constants, weights);
  const base = meanMargins(marginsOf, references, setting.referenceCount, classCount);
  const shap = createKernelShap({
    featureCount,
    columnFeatures: model.sources.map((source) => setting.columnFeatures[source]!),
    vectors: transpose(model.vectors, count),
    vectorCount: count,
    references,
    referenceCount: setting.referenceCount,
  });
  return {
    explained: 'margin',
    attribute(encoded) {
      scaleRow(model, encoded, 0, row, 0);
      const contributions = weigh(shap(row), weights, featureCount, classCount);
      spreadRemainder(
        contributions,
        marginsOf(row, 0).map((margin, label) => margin - base[label]!),
        classCount,
      );
      return { base, contributions };
    },
  };
}

/** From (features × vectors) to (features × classes). */
function weigh(shares: Float64Array, weights: Float64Array, featureCount: number, classCount: number): Float64Array {
  const count = weights.length / classCount;
  const out = new Float64Array(featureCount * classCount);
  for (let feature = 0; feature < featureCount; feature++) {
    for (let label = 0; label < classCount; label++) {
      let sum = 0;
      for (let vector = 0; vector < count; vector++) sum += weights[label * count + vector]! * shares[feature * count + vector]!;
      out[feature * classCount + label] = sum;
    }
  }
  return out;
}

/** What the quadrature leaves of the whole change is spread by size, so that what adds nothing still adds nothing. */
function spreadRemainder(contributions: Float64Array, changes: Float64Array, classCount: number): void {
  for (let label = 0; label < classCount; label++) {
    let sum = 0;
    let size = 0;
    for (let at = label; at < contributions.length; at += classCount) {
      sum += contributions[at]!;
      size += Math.abs(contributions[at]!);
    }
    if (size === 0) continue;
    const factor = (changes[label]! - sum) / size;
    for (let at = label; at < contributions.length; at += classCount) contributions[at]! += factor * Math.abs(contributions[at]!);
  }
}

/** Makes the function that gives the margins of the scaled row at `rows[offset…]`; the array is the same one each time. */
function createMargins(vectors: Float64Array, constants: Float64Array, weights: Float64Array) {
  const count = weights.length / constants.length;
  const columns = vectors.length / count;
  const margins = new Float64Array(constants.length);
  return function marginsOf(rows: Float64Array, offset: number): Float64Array {
    margins.set(constants);
    for (let vector = 0; vector < count; vector++) {
      let distance = 0;
      for (let column = 0; column < columns; column++) {
        const difference = rows[offset + column]! - vectors[vector * columns + column]!;
        distance += difference * difference;
      }
      const kernel = expNegative(distance);
      for (let label = 0; label < margins.length; label++) margins[label]! += weights[label * count + vector]! * kernel;
    }
    return margins;
  };
}

function meanMargins(
  marginsOf: ReturnType<typeof createMargins>,
  rows: Float64Array,
  count: number,
  classCount: number,
): Float64Array {
  const means = new Float64Array(classCount);
  for (let row = 0; row < count; row++) {
    const margins = marginsOf(rows, (row * rows.length) / count);
    for (let label = 0; label < classCount; label++) means[label]! += margins[label]! / count;
  }
  return means;
}
