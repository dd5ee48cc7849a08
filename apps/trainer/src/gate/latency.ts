/** How long a prediction takes. */
import { createEncoder, encodeSamples } from '@iris/dataset';
import { parseModel } from '@iris/model';
import type { UnsealedDocument } from '@iris/model-file';

const ROUNDS = 7;
/** A round takes about this long, so that the clock's steps do not matter. */
const ROUND_MS = 5;

/**
 * Measures one prediction of an encoded sample, in milliseconds: the least mean of several rounds, which is what other programs on the machine disturb least.
 */
export function measureLatency({ dataset, parameters, reference }: UnsealedDocument): number {
  const model = parseModel(parameters);
  const encoder = createEncoder(dataset);
  const features = encodeSamples(encoder, reference.samples);
  const rows = reference.samples.map((_, index) => features.subarray(index * encoder.size, (index + 1) * encoder.size));
  const rounds = Array.from({ length: ROUNDS }, () => measureRound(rows, (row) => model.predict(row)));
  // The first ones are compiled while they run.
  return Math.min(...rounds);
}

function measureRound(rows: readonly Float64Array[], predict: (row: Float64Array) => unknown): number {
  const startedAt = performance.now();
  let predictions = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    predict(rows[predictions++ % rows.length]!);
    elapsed = performance.now() - startedAt;
  }
  return elapsed / predictions;
}
