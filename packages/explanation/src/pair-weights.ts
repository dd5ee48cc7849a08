/** Margins of a support vector classifier: each is a weighted sum of the kernels of its support vectors. */
import type { KernelModel } from '@iris/model/scores';

/** A class's margin is its constant and the sum of its weights times the kernels. */
export interface MarginWeights {
  /** Of each class. */
  readonly constants: Float64Array;
  /** (number of classes) × (number of support vectors), row-major. */
  readonly weights: Float64Array;
}

/** Weights of the mean log-odds of each class against the others, as Platt scaling has them. */
export function marginWeights(model: KernelModel): MarginWeights {
  const { classCount, starts, coefficients, intercepts, slopes, offsets } = model;
  const count = starts[classCount]!;
  const constants = new Float64Array(classCount);
  const weights = new Float64Array(classCount * count);

  /** Adds what the vectors of a class say in a pair, to the pair's first class and, less it, to its second. */
  function addVectors(label: number, row: number, factor: number, first: number, second: number): void {
    for (let vector = starts[label]!; vector < starts[label + 1]!; vector++) {
      const weight = factor * coefficients[row * count + vector]!;
      weights[first * count + vector]! += weight;
      weights[second * count + vector]! -= weight;
    }
  }

  let pair = 0;
  for (let first = 0; first < classCount; first++) {
    for (let second = first + 1; second < classCount; second++, pair++) {
      const factor = -slopes[pair]! / (classCount - 1);
      const constant = factor * intercepts[pair]! - offsets[pair]! / (classCount - 1);
      constants[first]! += constant;
      constants[second]! -= constant;
      addVectors(first, second - 1, factor, first, second);
      addVectors(second, first, factor, first, second);
    }
  }
  return { constants, weights };
}
