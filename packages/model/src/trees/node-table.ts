/** The node table of a version 1 forest: proves that it is a set of trees, and puts them in preorder. */
import { ModelError } from '../errors.ts';
import { MAX_NODES, MAX_TREES } from '../limits.ts';
import { ANY_NUMBER, type ParameterReader } from '../parameter-reader.ts';
import { binBitsFor, binOf, NODE_WORDS, packSplit, type TreeEnsemble } from './tree-ensemble.ts';

interface NodeTable {
  readonly roots: Int32Array;
  readonly featureIndexes: Int32Array;
  readonly thresholds: Float64Array;
  readonly leftChildren: Int32Array;
  readonly rightChildren: Int32Array;
  readonly leafClasses: Int32Array;
}

/**
 * Reads, checks and reorders the node table. A child stands after its parent and no node has two references, so every walk ends
 * and no subtree is shared. The thresholds of a column become its cuts; a value that is no number goes right.
 *
 * @returns trees whose leaf `c` is class `c`.
 * @throws ModelError `MODEL_TREE` naming the node, or what the reader throws.
 */
export function parseNodeTable(parameters: ParameterReader, inputSize: number, classCount: number): TreeEnsemble {
  const table = readTable(parameters, inputSize, classCount);
  checkReferences(table);
  return inPreorder(table, inputSize);
}

function readTable(parameters: ParameterReader, inputSize: number, classCount: number): NodeTable {
  const nodeCount = parameters.arrayLength('featureIndexes', { min: 1, max: MAX_NODES });
  const treeCount = parameters.arrayLength('roots', { min: 1, max: Math.min(nodeCount, MAX_TREES) });
  const child = { min: -1, max: nodeCount - 1 };
  return {
    roots: parameters.integers('roots', treeCount, { min: 0, max: nodeCount - 1 }),
    featureIndexes: parameters.integers('featureIndexes', nodeCount, { min: -1, max: inputSize - 1 }),
    thresholds: parameters.numbers('thresholds', nodeCount, ANY_NUMBER),
    leftChildren: parameters.integers('leftChildren', nodeCount, child),
    rightChildren: parameters.integers('rightChildren', nodeCount, child),
    leafClasses: parameters.integers('leafClasses', nodeCount, { min: -1, max: classCount - 1 }),
  };
}

function checkReferences(table: NodeTable): void {
  const referenced = new Uint8Array(table.featureIndexes.length);
  const refer = (node: number) => {
    if (referenced[node] === 1) throw treeError(node, 'is reached twice');
    referenced[node] = 1;
  };
  for (const root of table.roots) refer(root);
  for (let node = 0; node < referenced.length; node++) {
    const left = table.leftChildren[node]!;
    const right = table.rightChildren[node]!;
    const leaf = table.leafClasses[node]! >= 0;
    if (leaf !== table.featureIndexes[node]! < 0) throw treeError(node, 'must have either a feature or a class');
    if (leaf) {
      if (left !== -1 || right !== -1) throw treeError(node, 'is a leaf with children');
      continue;
    }
    if (left <= node || right <= node) throw treeError(node, 'has a child that does not stand after it');
    refer(left);
    refer(right);
  }
}

function inPreorder(table: NodeTable, inputSize: number): TreeEnsemble {
  const cuts = thresholdsByColumn(table, inputSize);
  const binBits = binBitsFor(inputSize, cuts);
  const nodes = new Int32Array(table.featureIndexes.length * NODE_WORDS);
  // Nodes that no root leads to are left out.
  let end = 0;
  // Right children that are still to be placed, each with the word that will name it.
  const pending: number[] = [];

  function placeFrom(start: number): void {
    let node = start;
    while (table.leafClasses[node]! < 0) {
      const column = table.featureIndexes[node]!;
      const bin = binOf(table.thresholds[node]!, cuts[column]!) - 1;
      nodes[end] = packSplit(column, 1, bin, inputSize, binBits);
      pending.push(end + 1, table.rightChildren[node]!);
      end += NODE_WORDS;
      node = table.leftChildren[node]!;
    }
    nodes[end + 1] = ~table.leafClasses[node]!;
    end += NODE_WORDS;
  }

  const roots = table.roots.map((root) => {
    const first = end;
    placeFrom(root);
    while (pending.length > 0) {
      const right = pending.pop()!;
      nodes[pending.pop()!] = end;
      placeFrom(right);
    }
    return first;
  });
  return { inputSize, cuts, roots, nodes: nodes.slice(0, end), binBits };
}

function thresholdsByColumn({ featureIndexes, thresholds }: NodeTable, inputSize: number): Float64Array[] {
  const byColumn: number[][] = Array.from({ length: inputSize }, () => []);
  featureIndexes.forEach((column, node) => {
    if (column >= 0) byColumn[column]!.push(thresholds[node]!);
  });
  return byColumn.map((values) => {
    const sorted = Float64Array.from(values).sort();
    return sorted.filter((threshold, index) => index === 0 || threshold !== sorted[index - 1]);
  });
}

function treeError(node: number, rule: string): ModelError {
  return new ModelError('MODEL_TREE', `node ${node} ${rule}`, { node, rule });
}
