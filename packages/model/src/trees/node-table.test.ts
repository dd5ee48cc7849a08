import { describe, expect, it } from 'vitest';
import { createParameterReader } from '../parameter-reader.ts';
import type { RandomForestParameters } from '../parameters.ts';
import { SMALL_FOREST } from '../test-parameters.ts';
import { parseNodeTable } from './node-table.ts';
import { splitAt } from './tree-ensemble.ts';

function parse(change: Partial<RandomForestParameters>) {
  return parseNodeTable(createParameterReader({ ...SMALL_FOREST, ...change }), 2, 3);
}

describe('the node table', () => {
  it('is put in preorder, its thresholds becoming cuts', () => {
    const trees = parse({});
    expect([...trees.roots]).toEqual([0, 6]);
    expect(trees.cuts.map((cuts) => [...cuts])).toEqual([[1], []]);
    expect(splitAt(trees, 0)).toEqual({ column: 0, bin: 0, missingLeft: false });
    expect([...trees.nodes].filter((_, word) => word % 2 === 1)).toEqual([4, ~0, ~1, ~2]);
  });

  it('may hold the nodes of a tree in any order, and nodes of no tree', () => {
    const { roots, nodes } = parse({
      roots: [1],
      featureIndexes: [-1, 0, -1, 1, -1, -1],
      thresholds: [0, 1, 0, 2, 0, 0],
      leftChildren: [-1, 3, -1, 5, -1, -1],
      rightChildren: [-1, 2, -1, 4, -1, -1],
      leafClasses: [0, -1, 2, -1, 1, 0],
    });
    expect([...roots]).toEqual([0]);
    expect([...nodes].filter((_, word) => word % 2 === 1)).toEqual([8, 6, ~0, ~1, ~2]);
  });

  it.each([
    ['a child that is its own parent', { leftChildren: [0, -1, -1, -1] }, 'has a child that does not stand after it'],
    ['an inner node without a right child', { rightChildren: [-1, -1, -1, -1] }, 'has a child that does not stand after it'],
    ['two parents', { leftChildren: [2, -1, -1, -1] }, 'is reached twice'],
    ['two equal roots', { roots: [0, 0] }, 'is reached twice'],
    ['a root inside another tree', { roots: [0, 1] }, 'is reached twice'],
    ['a leaf with a child', { leftChildren: [1, 3, -1, -1] }, 'is a leaf with children'],
    ['a node that is both', { leafClasses: [1, 0, 1, 2] }, 'must have either a feature or a class'],
    ['a node that is neither', { leafClasses: [-1, -1, 1, 2] }, 'must have either a feature or a class'],
  ])('with %s is refused', (_, change, rule) => {
    expect(() => parse(change)).toThrow(
      expect.objectContaining({ code: 'MODEL_TREE', details: expect.objectContaining({ rule }) }),
    );
  });

  it.each([
    ['a root out of range', { roots: [0, 4] }, 'roots'],
    ['a child out of range', { rightChildren: [4, -1, -1, -1] }, 'rightChildren'],
    ['an unknown column', { featureIndexes: [2, -1, -1, -1] }, 'featureIndexes'],
    ['an unknown class', { leafClasses: [-1, 0, 1, 3] }, 'leafClasses'],
    ['half an index', { roots: [0, 2.5] }, 'roots'],
  ])('with %s is refused', (_, change, field) => {
    expect(() => parse(change)).toThrow(
      expect.objectContaining({ code: 'MODEL_NUMBER', details: expect.objectContaining({ field }) }),
    );
  });

  it.each([
    ['no tree', { roots: [] }],
    ['no node', { featureIndexes: [] }],
    ['more trees than nodes', { roots: [0, 1, 2, 3, 0] }],
    ['a short column', { thresholds: [1, 0, 0] }],
  ])('with %s is refused', (_, change) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'MODEL_ARRAY_LENGTH' }));
  });

  it('of a single chain 200,000 nodes deep is walked to its end', () => {
    // Node 2i has the leaf 2i + 1 on its left and the rest of the chain on its right.
    const inner = 100_000;
    const nodes = Array.from({ length: 2 * inner + 1 }, (_, node) => ({ node, split: node % 2 === 0 && node < 2 * inner }));
    const { nodes: words } = parse({
      roots: [0],
      featureIndexes: nodes.map(({ split }) => (split ? 0 : -1)),
      thresholds: nodes.map(() => 0),
      leftChildren: nodes.map(({ node, split }) => (split ? node + 1 : -1)),
      rightChildren: nodes.map(({ node, split }) => (split ? node + 2 : -1)),
      leafClasses: nodes.map(({ split }) => (split ? -1 : 1)),
    });
    expect(words.length).toBe(2 * (2 * inner + 1));
    expect(words.at(-1)).toBe(~1);
  });
});
