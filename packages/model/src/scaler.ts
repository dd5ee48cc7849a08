/** Standardization of encoded rows. */
import { MAX_MAGNITUDE } from './limits.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';

/** Writes the standardized row at `rows[offset…]` to `out[0…]`. */
export type Standardizer = (rows: Float64Array, offset: number, out: Float64Array) => void;

/**
 * Reads `scaler` of the parameters.
 *
 * The scaler is not folded into the coefficients: on a column whose mean is large beside its scale (a year, a time stamp)
 * folding cancels digits that subtracting first keeps.
 *
 * @throws ModelError when mean or scale do not have `inputSize` usable numbers.
 */
export function parseScaler(parameters: ParameterReader, inputSize: number): Standardizer {
  const reader = parameters.nested('scaler');
  const mean = reader.numbers('mean', inputSize, ANY_NUMBER);
  const factors = reader.numbers('scale', inputSize, { min: 1 / MAX_MAGNITUDE, max: MAX_MAGNITUDE }).map((scale) => 1 / scale);
  return function standardize(rows, offset, out) {
    for (let column = 0; column < inputSize; column++) out[column] = (rows[offset + column]! - mean[column]!) * factors[column]!;
  };
}
