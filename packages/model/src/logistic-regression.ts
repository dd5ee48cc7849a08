/** Multinomial logistic regression: softmax over linear scores of standardized columns. */
import { createLinearScores } from './linear-scores.ts';
import type { BatchScorer, ModelShape } from './model.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';
import { parseScaler } from './scaler.ts';
import { softmax } from './softmax.ts';

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
