/** Chooses the samples that an explanation compares with. */
import type { Sample } from '@iris/dataset';

/** Samples that are compared with: their number multiplies the cost, and a hundred hold the mean to a few hundredths. */
const MAX_REFERENCES = 100;

/**
 * Chooses evenly spaced samples, so that a file sorted by class gives each class its share; the same ones every time.
 *
 * @returns at most `MAX_REFERENCES` of them, in their order; all of them where there are no more.
 */
export function chooseReferences(samples: readonly Sample[]): readonly Sample[] {
  const count = Math.min(samples.length, MAX_REFERENCES);
  return Array.from({ length: count }, (_, index) => samples[Math.floor((index * samples.length) / count)]!);
}
