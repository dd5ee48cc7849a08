/** Sums over vectors; four at a time, as one sum would wait for each addition. The order is fixed, so the bytes are too. */

/** Product of `length` numbers of each, from the given places on. */
export function dotAt(first: Float64Array, start: number, second: Float64Array, otherStart: number, length: number): number {
  const shift = otherStart - start;
  const end = start + length;
  const whole = end - (length % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let index = start;
  for (; index < whole; index += 4) {
    s0 += first[index]! * second[index + shift]!;
    s1 += first[index + 1]! * second[index + shift + 1]!;
    s2 += first[index + 2]! * second[index + shift + 2]!;
    s3 += first[index + 3]! * second[index + shift + 3]!;
  }
  for (; index < end; index++) s0 += first[index]! * second[index + shift]!;
  return s0 + s1 + (s2 + s3);
}

/** Product of two vectors. */
export function dot(first: Float64Array, second: Float64Array): number {
  return dotAt(first, 0, second, 0, first.length);
}

/** Adds `factor` × `vector` to `target`. */
export function addScaled(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * vector[index]!;
}

/** Multiplies by a number, in place. */
export function scale(vector: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index++) vector[index]! *= factor;
}

/** Greatest magnitude. */
export function largest(vector: Float64Array): number {
  let result = 0;
  for (let index = 0; index < vector.length; index++) result = Math.max(result, Math.abs(vector[index]!));
  return result;
}

/** Sum of `count` numbers from `start` on. */
export function sumAt(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let index = start; index < start + count; index++) sum += values[index]!;
  return sum;
}
