/** The inner loops of `addTransposedProducts`. */
import type { DenseColumn, OneHotColumns } from '../design-matrix.ts';
import type { RowRange, Vectors } from './products.ts';

/** Adds the products of up to four columns, from `index` on, with two vectors, or with the last one. */
export function addSums(
  dense: readonly DenseColumn[],
  index: number,
  { first, end }: RowRange,
  vectors: Vectors,
  sums: Vectors,
  vector: number,
): void {
  const start = vectors.offset + vector * vectors.stride - first;
  const offset = sums.offset + vector * sums.stride;
  const isPair = vector + 1 < vectors.count;
  if (index + 4 > dense.length) {
    for (let at = index; at < dense.length; at++) {
      sumColumn(dense[at]!, first, end, vectors.values, start, sums.values, offset);
      if (isPair) sumColumn(dense[at]!, first, end, vectors.values, start + vectors.stride, sums.values, offset + sums.stride);
    }
  } else if (isPair)
    sumFourOfTwo(dense, index, first, end, vectors.values, start, vectors.stride, sums.values, offset, sums.stride);
  else sumFour(dense, index, first, end, vectors.values, start, sums.values, offset);
}

function sumColumn(
  { column, values }: DenseColumn,
  first: number,
  end: number,
  vectors: Float64Array,
  start: number,
  sums: Float64Array,
  offset: number,
): void {
  let sum = 0;
  for (let row = first; row < end; row++) sum += vectors[start + row]! * values[row]!;
  sums[offset + column]! += sum;
}

function sumFour(
  dense: readonly DenseColumn[],
  index: number,
  first: number,
  end: number,
  vectors: Float64Array,
  start: number,
  sums: Float64Array,
  offset: number,
): void {
  const { values: v0, column: c0 } = dense[index]!;
  const { values: v1, column: c1 } = dense[index + 1]!;
  const { values: v2, column: c2 } = dense[index + 2]!;
  const { values: v3, column: c3 } = dense[index + 3]!;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let row = first; row < end; row++) {
    const value = vectors[start + row]!;
    s0 += value * v0[row]!;
    s1 += value * v1[row]!;
    s2 += value * v2[row]!;
    s3 += value * v3[row]!;
  }
  sums[offset + c0]! += s0;
  sums[offset + c1]! += s1;
  sums[offset + c2]! += s2;
  sums[offset + c3]! += s3;
}

function sumFourOfTwo(
  dense: readonly DenseColumn[],
  index: number,
  first: number,
  end: number,
  vectors: Float64Array,
  start: number,
  stride: number,
  sums: Float64Array,
  offset: number,
  sumStride: number,
): void {
  const { values: v0, column: c0 } = dense[index]!;
  const { values: v1, column: c1 } = dense[index + 1]!;
  const { values: v2, column: c2 } = dense[index + 2]!;
  const { values: v3, column: c3 } = dense[index + 3]!;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  const second = start + stride;
  for (let row = first; row < end; row++) {
    const a = vectors[start + row]!;
    const b = vectors[second + row]!;
    const x0 = v0[row]!;
    const x1 = v1[row]!;
    const x2 = v2[row]!;
    const x3 = v3[row]!;
    s0 += a * x0;
    s1 += a * x1;
    s2 += a * x2;
    s3 += a * x3;
    t0 += b * x0;
    t1 += b * x1;
    t2 += b * x2;
    t3 += b * x3;
  }
  sums[offset + c0]! += s0;
  sums[offset + c1]! += s1;
  sums[offset + c2]! += s2;
  sums[offset + c3]! += s3;
  sums[offset + sumStride + c0]! += t0;
  sums[offset + sumStride + c1]! += t1;
  sums[offset + sumStride + c2]! += t2;
  sums[offset + sumStride + c3]! += t3;
}

/** Adds a vector's numbers by level, to the copies in turn. */
export function addLevelSums(
  { column, codes }: OneHotColumns,
  { first, end }: RowRange,
  vectors: Vectors,
  sums: Vectors,
  vector: number,
  copy: number,
): void {
  const { values } = vectors;
  const totals = sums.values;
  const start = vectors.offset + vector * vectors.stride - first;
  const copy0 = sums.offset + vector * sums.stride + column;
  const copy1 = copy0 + copy;
  const copy2 = copy1 + copy;
  const copy3 = copy2 + copy;
  let row = first;
  for (; row + 4 <= end; row += 4) {
    totals[copy0 + codes[row]!]! += values[start + row]!;
    totals[copy1 + codes[row + 1]!]! += values[start + row + 1]!;
    totals[copy2 + codes[row + 2]!]! += values[start + row + 2]!;
    totals[copy3 + codes[row + 3]!]! += values[start + row + 3]!;
  }
  for (; row < end; row++) totals[copy0 + codes[row]!]! += values[start + row]!;
}
