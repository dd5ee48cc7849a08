/**
 * Shapley values of an RBF kernel. Against one reference and one support vector the kernel of a mixture of rows is a product over features,
 * of a where the feature is the sample's and of b where it is the reference's. The share of feature f in such a game is the integral over t
 * from 0 to 1 of (a_f − b_f) Π (t a_g + (1 − t) b_g), the product over all other features g: the multilinear extension of the game
 * (G. Owen, Multilinear extensions of games, Management Science 18, 1972). Gauss-Legendre quadrature with four nodes is exact up to eight features, and
 * beyond them within 2e-6 of the sum of the weights.
 */
import { expNegative } from '@iris/model/exponential';

/** Nodes and weights on [0, 1]. */
const NODES = [0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970263] as const;
const WEIGHTS = [0.17392742256872692, 0.32607257743127305, 0.32607257743127305, 0.17392742256872692] as const;
/** Factors below it are it: as good as 0, but they can be divided by. */
const LEAST_FACTOR = 1e-30;

/** What is compared, on the scale on which the kernel is exp(−distance²). */
export interface KernelShapSetting {
  readonly featureCount: number;
  /** Feature of each column. */
  readonly columnFeatures: readonly number[];
  /** (number of columns) × `vectorCount`: column by column. */
  readonly vectors: Float64Array;
  readonly vectorCount: number;
  /** `referenceCount` × (number of columns), row-major. */
  readonly references: Float64Array;
  readonly referenceCount: number;
}

/** Gives what each feature adds to the kernel of each support vector, a mean over the references: `featureCount` × `vectorCount`. */
export type KernelShap = (row: Float64Array) => Float64Array;

/** Prepares the quadrature. Costs for each row: references × support vectors × (columns exponentials + 4 × features divisions). */
export function createKernelShap(setting: KernelShapSetting): KernelShap {
  const { featureCount, columnFeatures, vectors, vectorCount, references, referenceCount } = setting;
  const columnCount = columnFeatures.length;
  const shares = new Float64Array(featureCount * vectorCount);
  const own = new Float64Array(featureCount * vectorCount);
  const others = new Float64Array(featureCount * vectorCount);
  const products = NODES.map(() => new Float64Array(vectorCount));

  /** Writes each feature's factor of the kernels of a row: exp(−distance²) over its columns. */
  function writeFactors(rows: Float64Array, offset: number, out: Float64Array): void {
    out.fill(0);
    for (let column = 0; column < columnCount; column++) {
      addSquares(rows[offset + column]!, vectors, column * vectorCount, out, columnFeatures[column]! * vectorCount, vectorCount);
    }
    for (let at = 0; at < out.length; at++) out[at] = Math.max(expNegative(out[at]!), LEAST_FACTOR);
  }

  /** Whether sample and reference have the same value: then the feature adds nothing. */
  function areAlike(feature: number, row: Float64Array, offset: number): boolean {
    return columnFeatures.every((owner, column) => owner !== feature || row[column] === references[offset + column]);
  }

  return function explain(row) {
    shares.fill(0);
    writeFactors(row, 0, own);
    for (let reference = 0; reference < referenceCount; reference++) {
      const offset = reference * columnCount;
      writeFactors(references, offset, others);
      for (const product of products) product.fill(1);
      for (let feature = 0; feature < featureCount; feature++) multiply(products, own, others, feature * vectorCount);
      for (let feature = 0; feature < featureCount; feature++) {
        if (!areAlike(feature, row, offset)) addShares(products, own, others, feature * vectorCount, shares);
      }
    }
    for (let at = 0; at < shares.length; at++) shares[at]! /= referenceCount;
    return shares;
  };
}

function addSquares(value: number, vectors: Float64Array, from: number, out: Float64Array, outFrom: number, count: number): void {
  for (let index = 0; index < count; index++) {
    const difference = value - vectors[from + index]!;
    out[outFrom + index]! += difference * difference;
  }
}

/** Multiplies the products at the nodes by a feature's factors. */
function multiply(products: readonly Float64Array[], own: Float64Array, others: Float64Array, from: number): void {
  const [p0, p1, p2, p3] = products as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let vector = 0; vector < p0.length; vector++) {
    const other = others[from + vector]!;
    const change = own[from + vector]! - other;
    p0[vector]! *= other + NODES[0] * change;
    p1[vector]! *= other + NODES[1] * change;
    p2[vector]! *= other + NODES[2] * change;
    p3[vector]! *= other + NODES[3] * change;
  }
}

/** Adds a feature's integrals: its own factors are divided out of the products. */
function addShares(
  products: readonly Float64Array[],
  own: Float64Array,
  others: Float64Array,
  from: number,
  out: Float64Array,
): void {
  const [p0, p1, p2, p3] = products as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let vector = 0; vector < p0.length; vector++) {
    const other = others[from + vector]!;
    const change = own[from + vector]! - other;
    out[from + vector]! +=
      change *
      ((WEIGHTS[0] * p0[vector]!) / (other + NODES[0] * change) +
        (WEIGHTS[1] * p1[vector]!) / (other + NODES[1] * change) +
        (WEIGHTS[2] * p2[vector]!) / (other + NODES[2] * change) +
        (WEIGHTS[3] * p3[vector]!) / (other + NODES[3] * change));
  }
}
