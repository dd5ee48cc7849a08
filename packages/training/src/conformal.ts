/**
 * Sets of classes that hold the true one with a stated probability, class by class: class-conditional (Mondrian) split conformal prediction.
 *
 * V. Vovk, Conditional validity of inductive conformal predictors, ACML 2012; the score of a class is its probability, as in M. Sadinle, J. Lei and
 * L. Wasserman, Least ambiguous set-valued classifiers with bounded error levels, JASA 2019.
 */
import { predictionSet } from '@iris/model';

/** Share of the rows of each class whose set is to hold their class. */
export const CONFORMAL_LEVEL = 0.9;

/** Held-out rows with their predictions. */
interface Predictions {
  readonly labels: ArrayLike<number>;
  /** (rows) × (classes), row-major. */
  readonly classProbabilities: Float64Array;
}

/**
 * Least probability of each class with which it belongs to the set of a row.
 *
 * @param held rows that the fits had not seen.
 * @returns 0 for a class of too few rows to promise the level: it is in every set.
 */
export function conformalThresholds(
  { labels, classProbabilities }: Predictions,
  classCount: number,
  level = CONFORMAL_LEVEL,
): number[] {
  const own: number[][] = Array.from({ length: classCount }, () => []);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    own[label]!.push(classProbabilities[row * classCount + label]!);
  }
  return own.map((probabilities) => thresholdOf(probabilities, level));
}

/** The k-th smallest, so that of n + 1 exchangeable rows at most a share of 1 − level lies below it: k = ⌊(n + 1)(1 − level)⌋. */
function thresholdOf(probabilities: readonly number[], level: number): number {
  // Rounded, because 10 × (1 − 0.9) is a little less than 1.
  const rank = Math.floor(Number(((probabilities.length + 1) * (1 - level)).toFixed(9)));
  return rank === 0 ? 0 : probabilities.toSorted((a, b) => a - b)[rank - 1]!;
}

/** How often sets held the true class, and how large they were. */
export interface Coverage {
  /** Of each class; NaN for one without rows. */
  readonly byClass: readonly number[];
  readonly overall: number;
  /** Mean number of classes in a set. */
  readonly setSize: number;
}

/**
 * Measures both on held-out rows: thresholds of one half are tried on the other, and the other way round, so that no row judges its own threshold.
 * Even and odd rows of each class make the halves.
 */
export function measureCoverage(
  { labels, classProbabilities }: Predictions,
  classCount: number,
  level = CONFORMAL_LEVEL,
): Coverage {
  const halves = halve(labels, classCount);
  const hits = new Float64Array(classCount);
  const counts = new Float64Array(classCount);
  let size = 0;
  halves.forEach((rows, half) => {
    const others = halves[1 - half]!;
    const thresholds = conformalThresholds(pick({ labels, classProbabilities }, others, classCount), classCount, level);
    for (const row of rows) {
      const set = predictionSet(classProbabilities.subarray(row * classCount, (row + 1) * classCount), thresholds);
      const label = labels[row]!;
      counts[label]! += 1;
      hits[label]! += Number(set.includes(label));
      size += set.length;
    }
  });
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return {
    byClass: Array.from(hits, (hit, label) => hit / counts[label]!),
    overall: total(hits) / total(counts),
    setSize: size / total(counts),
  };
}

function halve(labels: ArrayLike<number>, classCount: number): [number[], number[]] {
  const halves: [number[], number[]] = [[], []];
  const seen = new Int32Array(classCount);
  for (let row = 0; row < labels.length; row++) halves[(seen[labels[row]!]!++ % 2) as 0 | 1].push(row);
  return halves;
}

function pick({ labels, classProbabilities }: Predictions, rows: readonly number[], classCount: number): Predictions {
  return {
    labels: rows.map((row) => labels[row]!),
    classProbabilities: Float64Array.from(
      rows.flatMap((row) => [...classProbabilities.subarray(row * classCount, (row + 1) * classCount)]),
    ),
  };
}
