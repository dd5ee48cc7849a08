/** What trees say of the rows that they were not grown from, and the temperature that makes it probabilities. */
import type { BinnedColumns } from './bin.ts';
import type { DividedLeaves, GrownTree } from './classification-tree.ts';
import { leafOfRow } from './coded-tree.ts';

/** Enough for one number; each costs a walk through a third of the trees. */
const MAX_ROWS = 5_000;
const MAX_VOTES = 2_000_000;
/** A vote in units that add up exactly: sums do not depend on the order of the trees. */
const VOTE = 2 ** 16;
const MIN_TEMPERATURE = 0.1;
const MAX_TEMPERATURE = 10;
/** Its logarithm, to the greatest power, can still be squared. */
const MIN_VOTES = 1e-300;
const MAX_STEPS = 20;

/** Votes on some of the rows. */
export interface OutOfBagVotes {
  /** Adds the votes of a tree on the rows that have no weight in it. */
  add(tree: GrownTree, weights: Float64Array): void;
  /** (rows) × (classes), in votes of `VOTE` units. */
  readonly votes: Int32Array;
  readonly rows: Int32Array;
}

/** Prepares the votes: rows are spread evenly over all. */
export function createOutOfBagVotes(binned: BinnedColumns, classCount: number): OutOfBagVotes {
  const { rowCount } = binned;
  const count = Math.min(rowCount, MAX_ROWS, Math.floor(MAX_VOTES / classCount));
  const rows = Int32Array.from({ length: count }, (_, index) => Math.floor((index * rowCount) / count));
  const votes = new Int32Array(count * classCount);

  function add(tree: GrownTree, weights: Float64Array): void {
    for (let index = 0; index < count; index++) {
      const row = rows[index]!;
      if (weights[row]! > 0) continue;
      const leaf = tree.values[leafOfRow(tree, binned, row)]!;
      if (leaf < classCount) votes[index * classCount + leaf]! += VOTE;
      else addDivided(tree.divided, leaf - classCount, index);
    }
  }

  function addDivided({ starts, classes, weights }: DividedLeaves, leaf: number, index: number): void {
    let sum = 0;
    for (let at = starts[leaf]!; at < starts[leaf + 1]!; at++) sum += weights[at]!;
    for (let at = starts[leaf]!; at < starts[leaf + 1]!; at++) {
      votes[index * classCount + classes[at]!]! += Math.round((VOTE * weights[at]!) / sum);
    }
  }

  return { add, votes, rows };
}

/**
 * Finds the temperature with the least log-loss on out-of-bag votes: shares `q`, one tree's prior among them, become
 * `q ** (1 / temperature)` over their sum. The loss is convex in the reciprocal: Newton's method finds it.
 *
 * @param prior class shares.
 * @param classWeights weight in the loss of the rows of each class, `undefined` where all weigh the same.
 * @returns a number from 0.1 to 10; 1 where no row has a vote.
 */
export function fitTemperature(
  { votes, rows }: OutOfBagVotes,
  labels: Int32Array,
  prior: Float64Array,
  classWeights: Float64Array | undefined,
): number {
  const classCount = prior.length;
  const logs = new Float64Array(votes.length);
  const voted: number[] = [];
  for (let index = 0; index < rows.length; index++) {
    const from = index * classCount;
    let any = 0;
    for (let at = from; at < from + classCount; at++) {
      any |= votes[at]!;
      // A class without a row has no vote and no share.
      logs[at] = Math.log(Math.max(votes[at]! / VOTE + prior[at - from]!, MIN_VOTES));
    }
    if (any > 0) voted.push(index);
  }
  let power = 1;
  for (let step = 0; step < MAX_STEPS && voted.length > 0; step++) {
    let slope = 0;
    let curvature = 0;
    for (const index of voted) {
      const label = labels[rows[index]!]!;
      const weight = classWeights?.[label] ?? 1;
      const { mean, variance } = moments(logs, index * classCount, classCount, power);
      slope += weight * (mean - logs[index * classCount + label]!);
      curvature += weight * variance;
    }
    if (!(curvature > 0)) break;
    const next = Math.min(Math.max(power - slope / curvature, 1 / MAX_TEMPERATURE), 1 / MIN_TEMPERATURE);
    const isSettled = Math.abs(next - power) < 1e-6;
    power = next;
    if (isSettled) break;
  }
  return 1 / power;
}

/** Mean and variance of logarithms under the probabilities that they give at a power: first and second derivative of the loss. */
function moments(logs: Float64Array, from: number, length: number, power: number): { mean: number; variance: number } {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + length; at++) greatest = Math.max(greatest, logs[at]!);
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let at = from; at < from + length; at++) {
    const distance = logs[at]! - greatest;
    const share = Math.exp(power * distance);
    sum += share;
    first += share * distance;
    second += share * distance * distance;
  }
  const mean = first / sum;
  return { mean: mean + greatest, variance: second / sum - mean * mean };
}
