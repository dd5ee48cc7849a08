/** Rows on the scale of a support vector classifier's kernel. */
import type { KernelModel } from '@iris/model/scores';
import type { MethodSetting } from './explanation.ts';

/** The references on the kernel's scale, row by row. */
export function scaleReferences(model: KernelModel, { columnFeatures, references, referenceCount }: MethodSetting): Float64Array {
  const width = model.sources.length;
  const scaled = new Float64Array(referenceCount * width);
  for (let reference = 0; reference < referenceCount; reference++) {
    scaleRow(model, references, reference * columnFeatures.length, scaled, reference * width);
  }
  return scaled;
}

/** Puts the encoded row at `rows[offset…]` on the scale on which the kernel is exp(−distance²). */
export function scaleRow(
  { mean, rowFactors, expand }: KernelModel,
  rows: Float64Array,
  offset: number,
  out: Float64Array,
  outOffset: number,
): void {
  expand(rows, offset, out, outOffset);
  for (let column = 0; column < mean.length; column++) {
    out[outOffset + column] = (out[outOffset + column]! - mean[column]!) * rowFactors[column]!;
  }
}

/** From row by row to column by column. */
export function transpose(matrix: Float64Array, rowCount: number): Float64Array {
  const columns = matrix.length / rowCount;
  return Float64Array.from({ length: matrix.length }, (_, at) => matrix[(at % rowCount) * columns + Math.floor(at / rowCount)]!);
}
