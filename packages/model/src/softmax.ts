/** Scores to probabilities. */
import { argmax } from './argmax.ts';
import { expNegative } from './exponential.ts';

/** Makes the `length` scores at `values[offset…]` probabilities that sum to 1, in place. */
export function softmax(values: Float64Array, offset: number, length: number): void {
  // Subtracting the greatest score first keeps every exponential within 0 and 1, so none overflows.
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
