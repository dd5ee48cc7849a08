/** From the stored form of trees to one that can be walked: each byte is proven on the way. */
import { ModelError, type ModelErrorDetails } from '../errors.ts';
import { MAX_ARRAY_LENGTH, MAX_NODES } from '../limits.ts';
import { ANY_NUMBER, type ParameterReader } from '../parameter-reader.ts';
import { readIntegers } from './stored-integers.ts';
import { binBitsFor, NODE_WORDS, packSplit, type TreeEnsemble } from './tree-ensemble.ts';

/** Cuts of a column: more would make nodes of four bytes, which no learner here writes. */
const MAX_CUTS = 65_535;

/** What the trees must fit. */
export interface TreesShape {
  readonly inputSize: number;
  readonly maxTrees: number;
  /** Leaves that a node may name; `undefined` where leaves are numbered in the order in which they stand. */
  readonly namedLeaves: number | undefined;
}

interface StoredNodes {
  readonly treeCount: number;
  readonly cuts: readonly Float64Array[];
  /** Of each node: column + 1, or 0 for a leaf. */
  readonly columns: ArrayLike<number>;
  /** Of each node: bin or leaf. */
  readonly values: ArrayLike<number>;
  /** A bit an inner node. */
  readonly missingLeft: Uint8Array;
}

/**
 * Reads `trees` of the parameters.
 *
 * @throws ModelError `MODEL_TREE` naming the node, or what the reader throws. Cost: linear in the nodes.
 */
export function parseTrees(parameters: ParameterReader, shape: TreesShape): TreeEnsemble {
  const stored = readNodes(parameters.nested('trees'), shape);
  return linkNodes(stored, shape);
}

function readNodes(reader: ParameterReader, { inputSize, maxTrees, namedLeaves }: TreesShape): StoredNodes {
  const nodeCount = reader.integer('nodeCount', { min: 1, max: MAX_NODES });
  const treeCount = reader.integer('treeCount', { min: 1, max: Math.min(nodeCount, maxTrees) });
  // A tree of n inner nodes has n + 1 leaves.
  if ((nodeCount - treeCount) % 2 !== 0)
    throw fault(`${treeCount} trees of two children a node cannot have ${nodeCount} nodes`, { treeCount, nodeCount });
  const cuts = readCuts(reader, inputSize);
  const longest = cuts.reduce((max, { length }) => Math.max(max, length), 0);
  const maxValue = Math.max(longest, (namedLeaves ?? 1) - 1);
  return {
    treeCount,
    cuts,
    columns: readIntegers(reader, 'columns', nodeCount, inputSize),
    values: readIntegers(reader, 'values', nodeCount, maxValue),
    missingLeft: reader.bytes('missingLeft', Math.ceil((nodeCount - treeCount) / 16)),
  };
}

function readCuts(reader: ParameterReader, inputSize: number): Float64Array[] {
  const counts = reader.integers('cutCounts', inputSize, { min: 0, max: MAX_CUTS });
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_ARRAY_LENGTH) {
    throw new ModelError('MODEL_COUNTS', `trees.cutCounts sum to ${total}, at most ${MAX_ARRAY_LENGTH} are allowed`, {
      total,
      max: MAX_ARRAY_LENGTH,
    });
  }
  const all = reader.numbers('cuts', total, ANY_NUMBER);
  let from = 0;
  return Array.from(counts, (count, column) => {
    const cuts = all.subarray(from, from + count);
    from += count;
    const index = cuts.findIndex((cut, place) => place > 0 && cut <= cuts[place - 1]!);
    if (index > 0) throw fault(`the cuts of column ${column} do not ascend`, { column, index });
    return cuts;
  });
}

/**
 * Checks the nodes, and finds each one's right child: it stands where the left subtree ends. One loop over plain numbers, as a model's
 * load waits for it while nothing is compiled yet: with an object for each split it took three times as long.
 */
function linkNodes({ treeCount, cuts, columns, values, missingLeft }: StoredNodes, shape: TreesShape): TreeEnsemble {
  const { inputSize, namedLeaves } = shape;
  const binBits = binBitsFor(inputSize, cuts);
  const cutCounts = Int32Array.from(cuts, ({ length }) => length);
  const maxLeaf = (namedLeaves ?? 1) - 1;
  const nodes = new Int32Array(columns.length * NODE_WORDS);
  const roots = new Int32Array(treeCount);
  let trees = 0;
  let leaves = 0;
  // Subtrees that must still come before the tree is whole.
  let open = 0;
  // Inner nodes whose right child has not come are a chain: each holds the next one where its right child will stand.
  let waiting = -1;
  for (let node = 0, word = 0; node < columns.length; node++, word += NODE_WORDS) {
    if (open === 0) {
      if (trees === treeCount) throw treeError(node, `is left over after ${treeCount} trees`);
      roots[trees++] = word;
      open = 1;
    }
    const column = columns[node]! - 1;
    const value = values[node]!;
    if (column >= 0) {
      // As many as there are cuts: every value goes left, and only a missing one can go right.
      if (column >= inputSize || value > cutCounts[column]!) throw splitError(node, column, value, cuts);
      const inner = node - leaves;
      const missingRight = ~(missingLeft[inner >> 3]! >> (inner & 7)) & 1;
      nodes[word] = packSplit(column, missingRight, value, inputSize, binBits);
      nodes[word + 1] = waiting;
      waiting = word;
      open += 1;
      continue;
    }
    if (value > maxLeaf) throw treeError(node, `names leaf ${value} of ${maxLeaf + 1}`);
    nodes[word + 1] = ~(namedLeaves === undefined ? leaves : value);
    leaves += 1;
    open -= 1;
    if (open > 0) {
      const parent = waiting;
      waiting = nodes[parent + 1]!;
      nodes[parent + 1] = word + NODE_WORDS;
    }
  }
  if (open > 0 || trees < treeCount) throw treeError(columns.length - 1, 'is the last one, but the trees are not complete');
  return { inputSize, cuts, roots, nodes, binBits };
}

function splitError(node: number, column: number, bin: number, cuts: readonly Float64Array[]): ModelError {
  const columnCuts = cuts[column];
  if (!columnCuts) return treeError(node, `names column ${column} of ${cuts.length}`);
  return treeError(node, `names bin ${bin} of column ${column}, which has ${columnCuts.length} cuts`);
}

function fault(rule: string, details: ModelErrorDetails): ModelError {
  return new ModelError('MODEL_TREE', rule, details);
}

function treeError(node: number, rule: string): ModelError {
  return new ModelError('MODEL_TREE', `node ${node} ${rule}`, { node, rule });
}
