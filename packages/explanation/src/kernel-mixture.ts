/** The mixture of a support vector classifier: taking a feature multiplies each kernel by a ratio, instead of computing it anew. */
import { expNegative } from '@iris/model/exponential';
import type { KernelModel } from '@iris/model/scores';
import type { MethodSetting } from './explanation.ts';
import type { Mixture } from './mixture.ts';
import { scaleReferences, scaleRow, transpose } from './scaled-rows.ts';

/** Squared distance up to which a kernel and its ratios can be told from 0 and infinity. */
const MAX_DISTANCE = 500;

/** Prepares it. A step costs two multiplications a support vector, and for more than two classes as many as there are classes. */
export function mixKernels(model: KernelModel, setting: MethodSetting): Mixture {
  const { classCount, starts } = model;
  const { featureCount } = setting;
  const count = starts[classCount]!;
  const columnFeatures = model.sources.map((source) => setting.columnFeatures[source]!);
  const width = columnFeatures.length;
  const vectors = transpose(model.vectors, count);
  const references = scaleReferences(model, setting);
  const row = new Float64Array(width);
  const own = new Float64Array(featureCount * count);
  const others = new Float64Array(featureCount * count);
  const ratios = new Float64Array(featureCount * count);
  const start = new Float64Array(count);
  const distances = new Float64Array(count);
  const kernel = new Float64Array(count);
  const pairs = new Float64Array((classCount * (classCount - 1)) / 2);
  /** Support vectors so far from the reference that their kernel is computed anew at each step. */
  let far: number[] = [];
  let current = -1;

  /** Writes the squared distances of a row from the support vectors, feature by feature. */
  function writeDistances(rows: Float64Array, offset: number, out: Float64Array): void {
    out.fill(0);
    for (let column = 0; column < width; column++) {
      const value = rows[offset + column]!;
      const from = columnFeatures[column]! * count;
      for (let vector = 0; vector < count; vector++) {
        const difference = value - vectors[column * count + vector]!;
        out[from + vector]! += difference * difference;
      }
    }
  }

  function prepareReference(reference: number): void {
    writeDistances(references, reference * width, others);
    start.fill(0);
    for (let at = 0; at < others.length; at++) {
      start[at % count]! += others[at]!;
      const change = own[at]! - others[at]!;
      ratios[at] = change >= 0 ? expNegative(change) : 1 / expNegative(Math.min(-change, MAX_DISTANCE));
    }
    far = Array.from(start.keys()).filter((vector) => start[vector]! > MAX_DISTANCE);
  }

  return {
    setSample(given) {
      scaleRow(model, given, 0, row, 0);
      writeDistances(row, 0, own);
      current = -1;
    },
    begin(reference) {
      if (reference !== current) prepareReference(reference);
      current = reference;
      for (let vector = 0; vector < count; vector++) kernel[vector] = expNegative(start[vector]!);
      distances.set(start);
    },
    take(feature) {
      const from = feature * count;
      for (let vector = 0; vector < count; vector++) kernel[vector]! *= ratios[from + vector]!;
      for (const vector of far) {
        distances[vector]! += own[from + vector]! - others[from + vector]!;
        kernel[vector] = expNegative(Math.max(distances[vector]!, 0));
      }
    },
    write(out) {
      writeDecisions(model, kernel, pairs);
      model.writeProbabilities(pairs, out, 0);
    },
  };
}

/** Decision values of all pairs of classes. */
function writeDecisions(
  { classCount, starts, coefficients, intercepts }: KernelModel,
  kernel: Float64Array,
  out: Float64Array,
): void {
  const count = kernel.length;
  let pair = 0;
  for (let first = 0; first < classCount; first++) {
    for (let second = first + 1; second < classCount; second++, pair++) {
      let sum = intercepts[pair]!;
      for (let vector = starts[first]!; vector < starts[first + 1]!; vector++) {
        sum += coefficients[(second - 1) * count + vector]! * kernel[vector]!;
      }
      for (let vector = starts[second]!; vector < starts[second + 1]!; vector++) {
        sum += coefficients[first * count + vector]! * kernel[vector]!;
      }
      out[pair] = sum;
    }
  }
}
