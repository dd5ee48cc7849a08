/** Explains logistic regression: its margins are sums over columns, so each feature's share is what it adds beyond the references' mean. */
import type { LinearModel } from '@iris/model/scores';
import type { Method, MethodSetting } from './explanation.ts';
import { writeMargins } from './margins.ts';

/**
 * Explains margins. With w the weights, x the sample's expanded row and z̄ the references' mean one, feature f adds
 * Σ w (x − z̄) over its columns to a class's score: the Shapley value of a sum (Štrumbelj and Kononenko, Knowledge and Information Systems 41, 2014).
 */
export function byWeights(model: LinearModel, setting: MethodSetting): Method {
  const { classCount, featureCount, columnFeatures } = setting;
  const { scaler, coefficients, intercepts, sources, expand } = model;
  const width = sources.length;
  const means = meanExpanded(model, setting);
  const expanded = new Float64Array(width);
  const scores = new Float64Array(featureCount * classCount);

  function addTo(out: Float64Array, column: number, offset: number, change: number): void {
    const standardized = change * scaler.factors[column]!;
    for (let label = 0; label < classCount; label++) out[offset + label]! += coefficients[label * width + column]! * standardized;
  }

  const baseScores = intercepts.slice();
  for (let column = 0; column < width; column++) addTo(baseScores, column, 0, means[column]! - scaler.mean[column]!);
  return {
    explained: 'margin',
    attribute(row) {
      expand(row, 0, expanded, 0);
      scores.fill(0);
      for (let column = 0; column < width; column++) {
        addTo(scores, column, columnFeatures[sources[column]!]! * classCount, expanded[column]! - means[column]!);
      }
      return { base: marginsOfEach(baseScores, classCount), contributions: marginsOfEach(scores, classCount) };
    },
  };
}

/** Margins of each row of scores. */
function marginsOfEach(scores: Float64Array, classCount: number): Float64Array {
  const margins = new Float64Array(scores.length);
  for (let at = 0; at < scores.length; at += classCount) writeMargins(scores.subarray(at, at + classCount), margins, at);
  return margins;
}

function meanExpanded(
  { sources, expand }: LinearModel,
  { columnFeatures, references, referenceCount }: MethodSetting,
): Float64Array {
  const row = new Float64Array(sources.length);
  const sums = new Float64Array(sources.length);
  for (let reference = 0; reference < referenceCount; reference++) {
    expand(references, reference * columnFeatures.length, row, 0);
    for (let column = 0; column < sums.length; column++) sums[column]! += row[column]!;
  }
  return sums.map((sum) => sum / referenceCount);
}
