/** What the leaves of a forest vote for: one class each, or a share for each of several. */
import { ModelError } from '../errors.ts';
import { MAX_ARRAY_LENGTH, MAX_NODES } from '../limits.ts';
import type { ParameterReader } from '../parameter-reader.ts';
import { readFloats, readIntegers } from './stored-integers.ts';

/** Votes by leaf: leaf `c` below `classCount` is one vote for class `c`; the others divide theirs. */
export interface LeafVotes {
  readonly classCount: number;
  /** Number of leaves that a node may name, the pure ones included. */
  readonly leafCount: number;
  /** Of each divided leaf: its first entry in the two below; the last element is their number. */
  readonly starts: Int32Array;
  readonly classes: ArrayLike<number>;
  /** Sum to 1 over a leaf. */
  readonly shares: Float64Array;
}

/** Leaves of one class each. */
export function pureLeaves(classCount: number): LeafVotes {
  return { classCount, leafCount: classCount, starts: new Int32Array(1), classes: [], shares: new Float64Array(0) };
}

/**
 * Reads `leaves` of the parameters.
 *
 * @throws ModelError when a leaf names an unknown class, or its weights are not above 0.
 */
export function parseLeafVotes(parameters: ParameterReader, classCount: number): LeafVotes {
  const reader = parameters.nested('leaves');
  const count = reader.integer('count', { min: 0, max: MAX_NODES });
  const sizes = readIntegers(reader, 'sizes', count, classCount);
  const starts = new Int32Array(count + 1);
  for (let leaf = 0; leaf < count; leaf++) starts[leaf + 1] = checkEnd(starts[leaf]! + checkSize(sizes[leaf]!, leaf, classCount));
  const total = starts[count]!;
  const classes = readIntegers(reader, 'classes', total, classCount - 1);
  const unknown = classes.findIndex((index) => index >= classCount);
  if (unknown >= 0)
    throw leafError(`leaves.classes[${unknown}] is ${classes[unknown]}: there are ${classCount} classes`, unknown);
  const weights = readFloats(reader, 'weights', total);
  return { classCount, leafCount: classCount + count, starts, classes, shares: toShares(weights, starts) };
}

/** Adds `count` times the votes of a leaf. */
export function addVotes(votes: LeafVotes, leaf: number, count: number, out: Float64Array, outOffset: number): void {
  if (leaf < votes.classCount) {
    out[outOffset + leaf]! += count;
    return;
  }
  const end = votes.starts[leaf - votes.classCount + 1]!;
  for (let at = votes.starts[leaf - votes.classCount]!; at < end; at++) {
    out[outOffset + votes.classes[at]!]! += count * votes.shares[at]!;
  }
}

function checkSize(size: number, leaf: number, classCount: number): number {
  if (size >= 1 && size <= classCount) return size;
  throw leafError(`leaves.sizes[${leaf}] is ${size}: a leaf has from 1 to ${classCount} classes`, leaf);
}

// Before any array of that size is made, and before the sum leaves 32 bits.
function checkEnd(total: number): number {
  if (total <= MAX_ARRAY_LENGTH) return total;
  throw new ModelError('MODEL_COUNTS', `leaves.sizes sum to more than ${MAX_ARRAY_LENGTH}`, { max: MAX_ARRAY_LENGTH });
}

function toShares(weights: Float32Array, starts: Int32Array): Float64Array {
  const shares = Float64Array.from(weights);
  for (let leaf = 0; leaf + 1 < starts.length; leaf++) {
    let sum = 0;
    for (let at = starts[leaf]!; at < starts[leaf + 1]!; at++) {
      if (!(weights[at]! > 0)) throw leafError(`leaves.weights[${at}] is ${weights[at]}: it must be above 0`, at);
      sum += weights[at]!;
    }
    for (let at = starts[leaf]!; at < starts[leaf + 1]!; at++) shares[at]! /= sum;
  }
  return shares;
}

function leafError(message: string, index: number): ModelError {
  return new ModelError('MODEL_NUMBER', message, { index });
}
