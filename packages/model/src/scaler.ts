/** Standardization of encoded rows. */
import { MAX_MAGNITUDE } from './limits.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';

/**
 * A standardized value is `(x - mean) * factor`, one of each for every column.
 *
 * The means are not folded into a model's intercepts: on a column whose mean is large beside its scale (a year, a time stamp)
 * folding cancels digits that subtracting first keeps. Factors may be folded: multiplying cancels nothing.
 */
export interface Scaler {
  readonly mean: Float64Array;
  readonly factors: Float64Array;
}

/**
 * Reads `scaler` of the parameters.
 *
 * @throws ModelError when mean or scale do not have `inputSize` usable numbers.
 */
export function parseScaler(parameters: ParameterReader, inputSize: number): Scaler {
  const reader = parameters.nested('scaler');
  const mean = reader.numbers('mean', inputSize, ANY_NUMBER);
  const scale = reader.numbers('scale', inputSize, { min: 1 / MAX_MAGNITUDE, max: MAX_MAGNITUDE });
  return { mean, factors: scale.map((value) => 1 / value) };
}
