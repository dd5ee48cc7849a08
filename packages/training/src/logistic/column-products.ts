/** The inner loops of `addProducts`. */
import type { DenseColumn, OneHotColumns } from '../design-matrix.ts';
import type { RowRange, Vectors } from './products.ts';

/** Adds up to four columns, from `index` on, times their coefficients to the sums of two vectors, or of the last one. */
export function addColumns(
  dense: readonly DenseColumn[],
  index: number,
  { first, end }: RowRange,
  coefficients: Vectors,
  out: Vectors,
  vector: number,
): void {
  const offset = coefficients.offset + vector * coefficients.stride;
  const start = out.offset + vector * out.stride - first;
  const isPair = vector + 1 < out.count;
  if (index + 4 > dense.length) {
    for (let at = index; at < dense.length; at++) {
      addColumn(dense[at]!, first, end, coefficients.values, offset, out.values, start);
      if (isPair)
        addColumn(dense[at]!, first, end, coefficients.values, offset + coefficients.stride, out.values, start + out.stride);
    }
  } else if (isPair)
    addFourToTwo(dense, index, first, end, coefficients.values, offset, coefficients.stride, out.values, start, out.stride);
  else addFour(dense, index, first, end, coefficients.values, offset, out.values, start);
}

function addColumn(
  { column, values }: DenseColumn,
  first: number,
  end: number,
  coefficients: Float64Array,
  offset: number,
  out: Float64Array,
  start: number,
): void {
  const coefficient = coefficients[offset + column]!;
  for (let row = first; row < end; row++) out[start + row]! += coefficient * values[row]!;
}

function addFour(
  dense: readonly DenseColumn[],
  index: number,
  first: number,
  end: number,
  coefficients: Float64Array,
  offset: number,
  out: Float64Array,
  start: number,
): void {
  const { values: v0, column: c0 } = dense[index]!;
  const { values: v1, column: c1 } = dense[index + 1]!;
  const { values: v2, column: c2 } = dense[index + 2]!;
  const { values: v3, column: c3 } = dense[index + 3]!;
  const b0 = coefficients[offset + c0]!;
  const b1 = coefficients[offset + c1]!;
  const b2 = coefficients[offset + c2]!;
  const b3 = coefficients[offset + c3]!;
  for (let row = first; row < end; row++) {
    out[start + row]! += b0 * v0[row]! + b1 * v1[row]! + (b2 * v2[row]! + b3 * v3[row]!);
  }
}

function addFourToTwo(
  dense: readonly DenseColumn[],
  index: number,
  first: number,
  end: number,
  coefficients: Float64Array,
  offset: number,
  stride: number,
  out: Float64Array,
  start: number,
  outStride: number,
): void {
  const { values: v0, column: c0 } = dense[index]!;
  const { values: v1, column: c1 } = dense[index + 1]!;
  const { values: v2, column: c2 } = dense[index + 2]!;
  const { values: v3, column: c3 } = dense[index + 3]!;
  const a0 = coefficients[offset + c0]!;
  const a1 = coefficients[offset + c1]!;
  const a2 = coefficients[offset + c2]!;
  const a3 = coefficients[offset + c3]!;
  const b0 = coefficients[offset + stride + c0]!;
  const b1 = coefficients[offset + stride + c1]!;
  const b2 = coefficients[offset + stride + c2]!;
  const b3 = coefficients[offset + stride + c3]!;
  const second = start + outStride;
  for (let row = first; row < end; row++) {
    const x0 = v0[row]!;
    const x1 = v1[row]!;
    const x2 = v2[row]!;
    const x3 = v3[row]!;
    out[start + row]! += a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3);
    out[second + row]! += b0 * x0 + b1 * x1 + (b2 * x2 + b3 * x3);
  }
}

/** Adds the coefficient of each row's level. */
export function addLevels(
  { column, codes }: OneHotColumns,
  { first, end }: RowRange,
  coefficients: Vectors,
  out: Vectors,
  vector: number,
): void {
  const { values } = coefficients;
  const sums = out.values;
  const offset = coefficients.offset + vector * coefficients.stride + column;
  const start = out.offset + vector * out.stride - first;
  for (let row = first; row < end; row++) sums[start + row]! += values[offset + codes[row]!]!;
}
