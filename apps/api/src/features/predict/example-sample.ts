/** The sample that the OpenAPI document shows, which is open to all. */
import type { Sample } from '@iris/dataset';

/**
 * Gives an example.
 *
 * @param samples rows that the model was trained on.
 * @param isSecret whether they are for holders of the key only: then each feature's middle value, which together are nobody's row.
 */
export function exampleSample(samples: readonly Sample[], isSecret: boolean): Sample | undefined {
  const [first] = samples;
  return isSecret ? first?.map((_, feature) => middleOf(samples.map((sample) => sample[feature]!))) : first;
}

function middleOf<T extends number | string>(values: readonly T[]): T {
  return values.toSorted((a, b) => (a < b ? -1 : Number(a > b)))[Math.floor(values.length / 2)]!;
}
