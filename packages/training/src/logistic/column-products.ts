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

/** Adds the coefficients of each row's levels of up to four categories, from `index` on, to the sums of one vector. */
export function addLevels(
  oneHot: readonly OneHotColumns[],
  index: number,
  { first, end }: RowRange,
  coefficients: Vectors,
  out: Vectors,
  vector: number,
): void {
  const offset = coefficients.offset + vector * coefficients.stride;
  const start = out.offset + vector * out.stride - first;
  if (index + 4 <= oneHot.length) addFourLevels(oneHot, index, first, end, coefficients.values, offset, out.values, start);
  else {
    for (let at = index; at < oneHot.length; at++)
      addLevel(oneHot[at]!, first, end, coefficients.values, offset, out.values, start);
  }
}

function addLevel(
  { column, codes }: OneHotColumns,
  first: number,
  end: number,
  coefficients: Float64Array,
  offset: number,
  out: Float64Array,
  start: number,
): void {
  const place = offset + column;
  for (let row = first; row < end; row++) out[start + row]! += coefficients[place + codes[row]!]!;
}

function addFourLevels(
  oneHot: readonly OneHotColumns[],
  index: number,
  first: number,
  end: number,
  coefficients: Float64Array,
  offset: number,
  out: Float64Array,
  start: number,
): void {
  const { codes: codes0, column: c0 } = oneHot[index]!;
  const { codes: codes1, column: c1 } = oneHot[index + 1]!;
  const { codes: codes2, column: c2 } = oneHot[index + 2]!;
  const { codes: codes3, column: c3 } = oneHot[index + 3]!;
  const place0 = offset + c0;
  const place1 = offset + c1;
  const place2 = offset + c2;
  const place3 = offset + c3;
  for (let row = first; row < end; row++) {
    out[start + row]! +=
      coefficients[place0 + codes0[row]!]! +
      coefficients[place1 + codes1[row]!]! +
      (coefficients[place2 + codes2[row]!]! + coefficients[place3 + codes3[row]!]!);
  }
}
