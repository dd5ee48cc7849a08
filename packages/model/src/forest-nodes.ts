/** The node table of a forest: proves that it is a set of trees and packs it for fast walks. */
import { ModelError } from './errors.ts';
import { MAX_NODES, MAX_TREES } from './limits.ts';
import { ANY_NUMBER, type ParameterReader } from './parameter-reader.ts';

/** Inner nodes only: a reference of 0 or more is an inner node, a negative one is the leaf `~class`. */
export interface ForestNodes {
  /** One reference per tree. */
  readonly roots: Int32Array;
  /** Column each inner node splits on. */
  readonly features: Int32Array;
  /** A value below it goes left. */
  readonly thresholds: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

interface NodeTable {
  readonly roots: Int32Array;
  readonly featureIndexes: Int32Array;
  readonly thresholds: Float64Array;
  readonly leftChildren: Int32Array;
  readonly rightChildren: Int32Array;
  readonly leafClasses: Int32Array;
}

/**
 * Reads, checks and packs the node table. A child stands after its parent and no node has two references, so every walk ends
 * and no subtree is shared.
 *
 * @throws ModelError `MODEL_TREE` naming the node, or what the reader throws.
 */
export function parseForestNodes(parameters: ParameterReader, inputSize: number, classCount: number): ForestNodes {
  const table = readTable(parameters, inputSize, classCount);
  checkReferences(table);
  return pack(table);
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

// Leaves take no entry of their own: the walk ends one memory access earlier, and the table stays within the first-level cache.
function pack({ roots, featureIndexes, thresholds, leftChildren, rightChildren, leafClasses }: NodeTable): ForestNodes {
  let innerCount = 0;
  const references = leafClasses.map((leafClass) => (leafClass >= 0 ? ~leafClass : innerCount++));
  const inner = Int32Array.from({ length: innerCount });
  references.forEach((reference, node) => {
    if (reference >= 0) inner[reference] = node;
  });
  return {
    roots: roots.map((root) => references[root]!),
    features: inner.map((node) => featureIndexes[node]!),
    thresholds: Float64Array.from(inner, (node) => thresholds[node]!),
    left: inner.map((node) => references[leftChildren[node]!]!),
    right: inner.map((node) => references[rightChildren[node]!]!),
  };
}

function treeError(node: number, rule: string): ModelError {
  return new ModelError('MODEL_TREE', `node ${node} ${rule}`, { node, rule });
}
