/** Multinomial logistic regression: softmax over linear scores of standardized columns. */
import { expNegative } from './exponential.ts';
import type { ModelShape, RowScorer } from './model.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';
import { parseScaler } from './scaler.ts';

/**
 * Reads the parameters of a logistic regression.
 *
 * @throws ModelError when an array has another length than the sizes ask for, or holds an unusable number.
 */
export function parseLogisticRegression(parameters: ParameterReader, { inputSize, classCount }: ModelShape): RowScorer {
  const standardize = parseScaler(parameters, inputSize);
  const coefficients = parameters.numbers('coefficients', classCount * inputSize, ANY_NUMBER);
  const intercepts = parameters.numbers('intercepts', classCount, ANY_NUMBER);
  const row = new Float64Array(inputSize);
  return function scoreRow(rows, offset, out, outOffset) {
    standardize(rows, offset, row);
    let greatest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < classCount; index++) {
      let score = intercepts[index]!;
      const first = index * inputSize;
      for (let column = 0; column < inputSize; column++) score += coefficients[first + column]! * row[column]!;
      out[outOffset + index] = score;
      if (score > greatest) greatest = score;
    }
    softmax(out, outOffset, classCount, greatest);
  };
}

// Subtracting the greatest score first keeps every exponential within 0 and 1, so none overflows.
function softmax(values: Float64Array, offset: number, length: number, greatest: number): void {
  let sum = 0;
  for (let index = offset; index < offset + length; index++) {
    const power = expNegative(greatest - values[index]!);
    values[index] = power;
    sum += power;
  }
  const factor = 1 / sum;
  for (let index = offset; index < offset + length; index++) values[index]! *= factor;
}
