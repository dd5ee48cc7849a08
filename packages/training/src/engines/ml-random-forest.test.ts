import { generateChurn } from '@iris/dataset/churn';
import { loadIris } from '@iris/dataset/iris';
import { parseModel, type RandomForestParameters } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { fit } from '../fit.ts';
import { type TrainingRows, trainingRows } from '../rows.ts';
import { numericRows } from '../test-rows.ts';

const IRIS = trainingRows(loadIris());

async function fitForest(rows: TrainingRows, options = {}, seed = 0) {
  const { parameters, ...rest } = await fit('rf', rows, options, seed, { engine: 'ml-random-forest' });
  return { parameters: parameters as RandomForestParameters, ...rest };
}

describe('fitRandomForest', () => {
  it('records the engine and the numbers behind its defaults', async () => {
    const { engine, options, parameters } = await fitForest(IRIS);
    expect(engine).toBe('ml-random-forest 2.1.0');
    expect(options).toEqual({ trees: 100, maxFeatures: 3, minSamplesSplit: 9, rowsPerTree: 100 });
    expect(parameters.roots).toHaveLength(100);
  });

  it('gives other trees for another seed', async () => {
    const [first, second] = await Promise.all([fitForest(IRIS, { trees: 5 }, 1), fitForest(IRIS, { trees: 5 }, 2)]);
    expect(first.parameters).not.toEqual(second.parameters);
  });

  it.each([1, 2, 4])('lets each tree use exactly maxFeatures = %d columns at most', async (maxFeatures) => {
    const { parameters } = await fitForest(IRIS, { trees: 40, maxFeatures, minSamplesSplit: 2 });
    const used = parameters.roots.map((root, tree) => {
      const nodes = parameters.featureIndexes.slice(root, parameters.roots[tree + 1]);
      return new Set(nodes.filter((column) => column >= 0)).size;
    });
    expect(Math.max(...used)).toBe(maxFeatures);
  });

  it('refuses more columns than there are', async () => {
    await expect(fitForest(IRIS, { maxFeatures: 5 })).rejects.toMatchObject({ code: 'TRAINING_OPTION' });
  });

  it('learns from two rows, and from rows that are all equal', async () => {
    const pair = numericRows([0, 1], [0, 1]);
    const model = parseModel((await fitForest(pair, { minSamplesSplit: 2, rowsPerTree: 8 })).parameters);
    expect(model.predict([0]).classIndex).toBe(0);
    expect(model.predict([1]).classIndex).toBe(1);
    const equal = numericRows(new Float64Array(6), [0, 1, 1]);
    expect(parseModel((await fitForest(equal)).parameters).predict([0, 0]).classIndex).toBe(1);
  });

  it('takes no longer per tree for ten times the rows', async () => {
    const small = await fitForest(trainingRows(generateChurn({ sampleCount: 2_000 })), { trees: 5 });
    const large = await fitForest(trainingRows(generateChurn({ sampleCount: 20_000 })), { trees: 5 });
    expect(large.options).toEqual(small.options);
    expect(large.parameters.featureIndexes.length).toBeLessThan(2 * small.parameters.featureIndexes.length);
  });
});
