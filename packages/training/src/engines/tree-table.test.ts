import { describe, expect, it } from 'vitest';
import { appendTree, type CartNode, createNodeTable } from './tree-table.ts';

function leaf(...shares: number[]): CartNode {
  return { distribution: { getRow: () => shares } };
}

const TREE: CartNode = {
  splitColumn: 1,
  splitValue: 2.5,
  left: leaf(1),
  right: { splitColumn: 0, splitValue: 7, left: leaf(0.5, 0.5), right: leaf(0, 0.25, 0.75) },
};

describe('appendTree', () => {
  it('writes children after their parent and maps columns to the real ones', () => {
    const table = createNodeTable();
    appendTree(table, TREE, [4, 9]);
    expect(table).toEqual({
      roots: [0],
      featureIndexes: [9, -1, 4, -1, -1],
      thresholds: [2.5, 0, 7, 0, 0],
      leftChildren: [1, -1, 3, -1, -1],
      rightChildren: [2, -1, 4, -1, -1],
      leafClasses: [-1, 0, -1, 0, 2],
    });
  });

  it('puts the next tree behind', () => {
    const table = createNodeTable();
    appendTree(table, leaf(0, 1), []);
    appendTree(table, TREE, [4, 9]);
    expect(table.roots).toEqual([0, 1]);
    expect(table.leftChildren.slice(1)).toEqual([2, -1, 4, -1, -1]);
  });
});
