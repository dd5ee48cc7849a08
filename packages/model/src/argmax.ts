/**
 * Finds the greatest of `length` numbers from `values[offset]` on.
 *
 * @returns its place after `offset`, the lowest among equals.
 */
export function argmax(values: Float64Array, offset: number, length: number): number {
  let best = 0;
  for (let index = 1; index < length; index++) {
    // Arithmetic in place of a branch: which class is greatest changes from row to row, and a processor that guesses wrong waits.
    best += Number(values[offset + index]! > values[offset + best]!) * (index - best);
  }
  return best;
}
