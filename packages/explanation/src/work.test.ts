import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import { createDraw, drawKernels, drawLinear, mixedSchema } from './test-models.ts';
import { canTryCoalitions } from './work.ts';

const settingOf = (featureCount: number) => ({ featureCount, referenceCount: 100 });

describe('canTryCoalitions', () => {
  it('tries all of iris and of churn, whatever the model', () => {
    const draw = createDraw(1);
    for (const { schema } of [loadIris(), generateChurn({ sampleCount: 10 })]) {
      const { length } = schema.features;
      for (const parameters of [drawLinear(schema, draw), drawKernels(schema, draw)]) {
        expect(canTryCoalitions(parameters, settingOf(length))).toBe(true);
      }
      const forest = { treeCount: 100, nodeCount: 40_000 };
      expect(canTryCoalitions(forestOf(forest), settingOf(length))).toBe(true);
    }
  });

  it('counts coalitions, references and the work of a prediction', () => {
    const linear = drawLinear(mixedSchema(6, 2), createDraw(1));
    expect(canTryCoalitions(linear, settingOf(12))).toBe(true);
    expect(canTryCoalitions({ ...linear, coefficients: Array(1000).fill(1) }, settingOf(12))).toBe(false);
    expect(canTryCoalitions({ ...linear, coefficients: Array(1000).fill(1) }, { featureCount: 12, referenceCount: 1 })).toBe(
      true,
    );
    expect(canTryCoalitions(linear, { featureCount: 13, referenceCount: 1 })).toBe(false);
    expect(canTryCoalitions(forestOf({ treeCount: 100, nodeCount: 400_000 }), settingOf(16))).toBe(false);
    expect(canTryCoalitions(forestOf({ treeCount: 100, nodeCount: 400_000 }), settingOf(8))).toBe(false);
  });
});

function forestOf(counts: { readonly treeCount: number; readonly nodeCount: number }) {
  const trees = { ...counts, cutCounts: [], cuts: [], columns: '', values: '', missingLeft: '' };
  const leaves = { count: 0, sizes: '', classes: '', weights: '' };
  return { kind: 'rf', inputSize: 4, classCount: 2, trees, leaves, prior: [0.5, 0.5], temperature: 0.5 } as const;
}
