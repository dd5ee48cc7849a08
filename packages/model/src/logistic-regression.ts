/** Multinomial logistic regression: softmax over linear scores of standardized columns. */
import { argmax } from './argmax.ts';
import { expNegative } from './exponential.ts';
import { createLinearScores } from './linear-scores.ts';
import type { BatchScorer, ModelShape } from './model.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';
import { parseScaler } from './scaler.ts';

/**
 * Reads the parameters of a logistic regression.
 *
 * @throws ModelError when an array has another length than the sizes ask for, or holds an unusable number.
 */
export function parseLogisticRegression(parameters: ParameterReader, { inputSize, classCount }: ModelShape): BatchScorer {
  const scaler = parseScaler(parameters, inputSize);
  const coefficients = parameters.numbers('coefficients', classCount * inputSize, ANY_NUMBER);
  const score = createLinearScores(coefficients, parameters.numbers('intercepts', classCount, ANY_NUMBER), scaler);
  return function scoreBatch(rows, offset, count, out, outOffset) {
    // Two passes: a row's exponentials would wait for its scores, while the scores of several rows fill the processor.
    for (let row = 0; row < count; row++) score(rows, offset + row * inputSize, out, outOffset + row * classCount);
    for (let row = 0; row < count; row++) softmax(out, outOffset + row * classCount, classCount);
  };
}

// Subtracting the greatest score first keeps every exponential within 0 and 1, so none overflows.
function softmax(values: Float64Array, offset: number, length: number): void {
  const greatest = values[offset + argmax(values, offset, length)]!;
  let sum = 0;
  for (let index = offset; index < offset + length; index++) {
    const power = expNegative(greatest - values[index]!);
    values[index] = power;
    sum += power;
  }
  const factor = 1 / sum;
  for (let index = offset; index < offset + length; index++) values[index]! *= factor;
}
