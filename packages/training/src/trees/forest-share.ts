/** Some of the trees of a forest: each thread takes the next one that nobody has, until there is none. */
import type { BinnedColumns } from './bin.ts';
import { type GrownTree, TreeGrower, type TreeLimits } from './classification-tree.ts';
import { createOutOfBagVotes, type OutOfBagVotes } from './out-of-bag.ts';
import { createStream, type Stream } from './stream.ts';

/** What there is to grow; it can be sent to a thread as it is. */
export interface ForestTask {
  readonly binned: BinnedColumns;
  readonly labels: Int32Array;
  readonly classCount: number;
  readonly limits: TreeLimits;
  readonly seed: number;
  readonly classWeights: Float64Array | undefined;
  readonly treeCount: number;
  /** Shared by all threads: the number of trees that are taken, and of those that are grown. */
  readonly board: Int32Array;
}

/** Trees by their number, and their votes on rows that they have not seen. */
export interface GrownShare {
  readonly trees: readonly { readonly number: number; readonly tree: GrownTree }[];
  readonly votes: Int32Array;
}

const TAKEN = 0;
const GROWN = 1;

/** The state of a forest that nobody has begun. */
export function createBoard(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** How many trees are grown, by all threads. */
export function countGrown(board: Int32Array): number {
  return Atomics.load(board, GROWN);
}

/** Leaves nothing to take. */
export function closeBoard({ board, treeCount }: ForestTask): void {
  Atomics.store(board, TAKEN, treeCount);
}

/** Grows one tree after the other. */
export class ForestShare {
  readonly outOfBag: OutOfBagVotes;
  private readonly task: ForestTask;
  private readonly grower: TreeGrower;
  private readonly weights: Float64Array;
  private readonly trees: { readonly number: number; readonly tree: GrownTree }[] = [];

  constructor(task: ForestTask) {
    const { binned, labels, classCount, limits } = task;
    this.task = task;
    this.grower = new TreeGrower(binned, labels, classCount, limits);
    this.outOfBag = createOutOfBagVotes(binned, classCount);
    this.weights = new Float64Array(labels.length);
  }

  /** Takes the next tree and grows it; false where there is none. */
  growNext(): boolean {
    const { board, treeCount } = this.task;
    const number = Atomics.add(board, TAKEN, 1);
    if (number >= treeCount) return false;
    const tree = this.grow(number);
    this.outOfBag.add(tree, this.weights);
    this.trees.push({ number, tree });
    Atomics.add(board, GROWN, 1);
    return true;
  }

  /** Grows a tree that is not one of the share. */
  grow(number: number): GrownTree {
    const random = createStream(this.task.seed, number);
    drawBootstrap(this.weights, random, this.task);
    return this.grower.grow(this.weights, random);
  }

  result(): GrownShare {
    return { trees: this.trees, votes: this.outOfBag.votes };
  }
}

/** Draws as many rows as there are, with replacement. */
function drawBootstrap(weights: Float64Array, random: Stream, { labels, classWeights }: ForestTask): void {
  weights.fill(0);
  for (let draw = 0; draw < weights.length; draw++) weights[random.below(weights.length)]! += 1;
  if (classWeights) for (let row = 0; row < weights.length; row++) weights[row]! *= classWeights[labels[row]!]!;
}
