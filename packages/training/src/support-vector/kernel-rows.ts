/** Rows of the RBF kernel matrix, computed when asked for and kept, as single floats, as far as the cache reaches. */
import { expNegative } from '@iris/model/exponential';
import type { DesignMatrix, OneHotColumns } from '../design-matrix.ts';
import type { KernelRows } from './smo.ts';

/** Enough for all rows of a problem of 10,000. */
const CACHE_BYTES = 400e6;

/**
 * Builds the rows of a design matrix's kernel `exp(-gamma |x - y|²)`.
 *
 * Solving for a fold asks for many rows that another fold asked for, so one matrix serves all folds of a pair of classes.
 */
export function createKernelRows(design: DesignMatrix, gamma: number, cacheBytes = CACHE_BYTES): KernelRows {
  const { rowCount } = design;
  const distances = new Float64Array(rowCount);
  const levels = new Float64Array(1 + Math.max(0, ...design.oneHot.map(({ levelCount }) => levelCount)));
  // Never fewer than the two rows of a step.
  const capacity = Math.max(2, Math.floor(cacheBytes / (4 * rowCount)));
  // In the order of their last use.
  const kept = new Map<number, Float32Array>();

  function row(index: number): Float32Array {
    const known = kept.get(index);
    if (known && kept.size < capacity) return known;
    kept.delete(index);
    const values = known ?? computeRow(index, kept.size < capacity ? new Float32Array(rowCount) : evict());
    kept.set(index, values);
    return values;
  }

  function evict(): Float32Array {
    const [[oldest, values]] = kept as unknown as [[number, Float32Array]];
    kept.delete(oldest);
    return values;
  }

  function computeRow(index: number, out: Float32Array): Float32Array {
    addDistances(design, index, distances.fill(0), levels);
    for (let other = 0; other < rowCount; other++) out[other] = expNegative(gamma * distances[other]!);
    return out;
  }

  return { row };
}

/** Adds the squared distance of each row to one of them; `levels` has room for those of the codes of any category. */
function addDistances({ dense, oneHot, rowCount }: DesignMatrix, index: number, out: Float64Array, levels: Float64Array): void {
  let column = 0;
  for (; column + 4 <= dense.length; column += 4) {
    const { values: v0 } = dense[column]!;
    const { values: v1 } = dense[column + 1]!;
    const { values: v2 } = dense[column + 2]!;
    const { values: v3 } = dense[column + 3]!;
    const x0 = v0[index]!;
    const x1 = v1[index]!;
    const x2 = v2[index]!;
    const x3 = v3[index]!;
    for (let other = 0; other < rowCount; other++) {
      const d0 = x0 - v0[other]!;
      const d1 = x1 - v1[other]!;
      const d2 = x2 - v2[other]!;
      const d3 = x3 - v3[other]!;
      out[other]! += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    }
  }
  for (; column < dense.length; column++) {
    const { values } = dense[column]!;
    for (let other = 0; other < rowCount; other++) out[other]! += (values[index]! - values[other]!) ** 2;
  }
  for (const one of oneHot) {
    const { codes } = one;
    writeLevelDistances(one, codes[index]!, levels);
    for (let other = 0; other < rowCount; other++) out[other]! += levels[codes[other]!]!;
  }
}

/** Squared distance of each code's columns to those of one code; see `OneHotColumns` for what a missing value counts for. */
function writeLevelDistances({ levelCount, fill }: OneHotColumns, code: number, out: Float64Array): void {
  // Two one-hot columns differ by 1 each, and so does the indicator.
  const isMissing = code === levelCount;
  out.fill(isMissing ? 3 : 2, 0, levelCount);
  out[levelCount] = code === fill ? 1 : 3;
  if (isMissing) out[fill!] = 1;
  out[code] = 0;
}
