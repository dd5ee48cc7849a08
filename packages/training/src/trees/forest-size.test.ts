import { describe, expect, it } from 'vitest';
import { chooseLeafSize, MAX_FOREST_NODES, requireForestSize } from './forest-size.ts';

describe('the size of a forest', () => {
  it('is that of full trees where these fit', () => {
    expect(chooseLeafSize(() => MAX_FOREST_NODES)).toBe(1);
  });

  it.each([1.1, 3, 70])('has leaves large enough for %d times the nodes', (times) => {
    const forestNodes = (leafSize: number) => (times * MAX_FOREST_NODES) / leafSize ** 0.8;
    const leafSize = chooseLeafSize(forestNodes);
    expect(forestNodes(leafSize)).toBeLessThanOrEqual(MAX_FOREST_NODES);
    expect(forestNodes(leafSize)).toBeGreaterThan(MAX_FOREST_NODES / 2.5);
  });

  it('that a model cannot have is refused with what to do', () => {
    expect(() => requireForestSize(MAX_FOREST_NODES, 1)).not.toThrow();
    expect(() => requireForestSize(12_345_678, 1)).toThrow(
      'the forest would have about 12.3 million nodes, a model has at most 5 million: leave minSamplesLeaf to be chosen',
    );
  });
});
