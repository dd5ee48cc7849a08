/** What a fit takes besides rows, options and seed. */
import { indexesByClass, type TrainingRows } from './rows.ts';

/** Weights and a listener; all of it may be absent. */
export interface FitContext {
  /** How much the rows of each class count; 1 where absent. */
  readonly classWeights?: Float64Array | undefined;
  /** Threads besides this one, of a forest; as many as there are processors for, where the fit takes long enough, if absent. They change no byte. */
  readonly threads?: number | undefined;
  /**
   * Called as the fit goes on and awaited, so that a host can draw, answer signals or throw to stop; `total` is what it takes at most.
   */
  readonly onProgress?: ((done: number, total: number) => void | Promise<void>) | undefined;
}

/** scikit-learn's `class_weight='balanced'`: rows / (classes × rows of the class), so that all classes count the same in sum. */
export function balancedWeights(rows: Pick<TrainingRows, 'labels' | 'classCount'>): Float64Array {
  return Float64Array.from(indexesByClass(rows), ({ length }) => rows.labels.length / (rows.classCount * length));
}

/** The weights of a fit. */
export function classWeightsOf({ classWeights }: FitContext, classCount: number): Float64Array {
  return classWeights ?? new Float64Array(classCount).fill(1);
}
