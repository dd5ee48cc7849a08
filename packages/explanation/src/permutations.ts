/**
 * Shapley values by sampling: what each feature adds when it joins, averaged over orders of joining. Each order is also gone backwards
 * (antithetic), which cancels much of the chance, and each reference has as many orders, so that only the orders are left to chance.
 *
 * E. Štrumbelj and I. Kononenko, Explaining prediction models and individual predictions with feature contributions, Knowledge and Information
 * Systems 41 (2014); R. Mitchell et al., Sampling permutations for Shapley value estimation, JMLR 23 (2022), for antithetic orders.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Method, MethodSetting } from './explanation.ts';
import type { Mixture } from './mixture.ts';

/** Orders with their reverses, over all references; at least two for each of these, or their error could not be told. */
const PAIRS = 200;
const SEED = 1;

/** Estimates contributions to probabilities, and their standard errors. The sum over the features is exact. */
export function byPermutations(mixture: Mixture, setting: MethodSetting): Method {
  const { classCount, featureCount, referenceCount } = setting;
  const size = featureCount * classCount;
  const pairs = Math.max(2, Math.ceil(PAIRS / referenceCount));
  const gains = new Float64Array(size);
  const before = new Float64Array(classCount);
  const after = new Float64Array(classCount);

  /** Adds half of what each feature adds on one way. */
  function follow(order: Int32Array, reference: number): void {
    mixture.begin(reference);
    mixture.write(before);
    for (const feature of order) {
      mixture.take(feature);
      mixture.write(after);
      for (let label = 0; label < classCount; label++) {
        gains[feature * classCount + label]! += (after[label]! - before[label]!) / 2;
      }
      before.set(after);
    }
  }

  return {
    explained: 'probability',
    attribute(row) {
      mixture.setSample(row);
      const random = xoroshiro128plus(SEED);
      const order = Int32Array.from({ length: featureCount }, (_, feature) => feature);
      const base = new Float64Array(classCount);
      const estimate = createEstimate(size);
      for (let reference = 0; reference < referenceCount; reference++) {
        mixture.begin(reference);
        mixture.write(before);
        for (let label = 0; label < classCount; label++) base[label]! += before[label]! / referenceCount;
        for (let pair = 0; pair < pairs; pair++) {
          gains.fill(0);
          shuffle(order, (bound) => uniformInt(random, 0, bound - 1));
          follow(order, reference);
          follow(order.toReversed(), reference);
          estimate.add(gains);
        }
        estimate.endGroup();
      }
      return { base, ...estimate.result() };
    },
  };
}

/** Mean and standard error of values that come in groups: what differs between groups is no chance. */
function createEstimate(size: number) {
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  const contributions = new Float64Array(size);
  const variances = new Float64Array(size);
  let [count, groups] = [0, 0];
  return {
    /** Welford's update. */
    add(values: Float64Array): void {
      count += 1;
      for (let at = 0; at < size; at++) {
        const difference = values[at]! - means[at]!;
        means[at]! += difference / count;
        squares[at]! += difference * (values[at]! - means[at]!);
      }
    },
    endGroup(): void {
      for (let at = 0; at < size; at++) {
        contributions[at]! += means[at]!;
        variances[at]! += squares[at]! / ((count - 1) * count);
      }
      means.fill(0);
      squares.fill(0);
      count = 0;
      groups += 1;
    },
    result() {
      return {
        contributions: contributions.map((sum) => sum / groups),
        errors: variances.map((variance) => Math.sqrt(variance) / groups),
      };
    },
  };
}

/** Fisher and Yates. */
function shuffle(order: Int32Array, draw: (bound: number) => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    const feature = order[last]!;
    order[last] = order[other]!;
    order[other] = feature;
  }
}
