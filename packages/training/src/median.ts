/** The median in linear time (Hoare's selection): sorting a million numbers takes ten times as long. */

/**
 * Finds the middle of the values, or the mean of the two in the middle.
 *
 * @param values finite numbers; they are reordered.
 * @returns 0 when there is none.
 */
export function selectMedian(values: Float64Array): number {
  const { length } = values;
  if (length === 0) return 0;
  const upper = select(values, length >> 1);
  if (length % 2 === 1) return upper;
  // All before the upper middle are at most as large as it.
  const lower = values.subarray(0, length >> 1).reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
  // Halved first: the sum of two large numbers may overflow.
  return lower / 2 + upper / 2;
}

/** The value that sorting would put at `place`; none before it is larger and none behind it smaller. */
function select(values: Float64Array, place: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low > high) break;
      [values[low], values[high]] = [values[high]!, values[low]!];
      low++;
      high--;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else break;
  }
  return values[place]!;
}
