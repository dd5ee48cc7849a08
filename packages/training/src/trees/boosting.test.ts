import { selectRows } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { parseModel } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { rowMajor, type TrainingRows, trainingRows } from '../rows.ts';
import { fitBoosting } from './boosting.ts';

const IRIS = trainingRows(loadIris());
/** Forty rows of each class, apart at 0.5. */
const APART: TrainingRows = {
  columns: [Float64Array.from({ length: 80 }, (_, row) => (row < 40 ? 0 : 1))],
  labels: Int32Array.from({ length: 80 }, (_, row) => Number(row >= 40)),
  levelCounts: [0],
  classCount: 2,
};

function lossOn(rows: TrainingRows, parameters: object): number {
  const { classProbabilities } = parseModel(parameters).predictBatch(rowMajor(rows), rows.labels.length);
  return (
    rows.labels.reduce((sum, label, row) => sum - Math.log(classProbabilities[row * rows.classCount + label]!), 0) /
    rows.labels.length
  );
}

const sigmoid = (score: number) => 1 / (1 + Math.exp(-score));

describe('fitBoosting', () => {
  it('takes Newton steps: gradient over hessian of each leaf, times the learning rate', async () => {
    const { parameters } = await fitBoosting(APART, { maxIter: 2, l2Regularization: 0, maxDeltaStep: 100 }, 1);
    // 40 rows at probability 1/2: gradient 20, hessian 10.
    const first = 0.1 * 2;
    const p = sigmoid(first);
    const second = first + (0.1 * (1 - p)) / (p * (1 - p));
    expect(parseModel(parameters).predict([1]).classProbabilities[1]).toBeCloseTo(sigmoid(second), 6);
    expect(parseModel(parameters).predict([0]).classProbabilities[1]).toBeCloseTo(sigmoid(-second), 6);
  });

  it('draws steps towards 0 by L2, and bounds them', async () => {
    const probability = async (options: Record<string, number>) =>
      parseModel((await fitBoosting(APART, { maxIter: 1, learningRate: 1, ...options }, 1)).parameters).predict([1])
        .classProbabilities[1]!;
    expect(await probability({ l2Regularization: 10 })).toBeCloseTo(sigmoid(20 / (10 + 10)), 6);
    expect(await probability({ l2Regularization: 0, maxDeltaStep: 0.5 })).toBeCloseTo(sigmoid(0.5), 6);
  });

  it('begins with the class shares', async () => {
    const few = selectRows(IRIS, [...Array(50).keys(), 50, 51, 52, 100, 101]);
    const { parameters } = await fitBoosting(few, { maxIter: 1, minSamplesLeaf: 1000 }, 1);
    const [a, b, c] = parseModel(parameters).predict([5, 3, 1, 0]).classProbabilities;
    expect([a, b, c].map((share) => share! * 55)).toEqual([50, 3, 2].map((count) => expect.closeTo(count, 9)));
  });

  it('gives the same bytes for the same rows, whatever the seed, where it holds nothing out', async () => {
    const [first, other] = await Promise.all([1, 2].map((seed) => fitBoosting(IRIS, { maxIter: 5 }, seed)));
    expect(JSON.stringify(other)).toBe(JSON.stringify(first));
  });

  it('lowers the loss on the rows it learns from with every round', async () => {
    const losses: number[] = [];
    for (const maxIter of [1, 2, 4, 8, 16]) losses.push(lossOn(IRIS, (await fitBoosting(IRIS, { maxIter }, 1)).parameters));
    expect(losses).toEqual(losses.toSorted((x, y) => y - x));
    expect(losses.at(-1)).toBeLessThan(0.25);
  });

  it('keeps to maxLeafNodes, maxDepth and minSamplesLeaf', async () => {
    const nodes = async (options: Record<string, number>) =>
      (await fitBoosting(IRIS, { maxIter: 1, minSamplesLeaf: 1, ...options }, 1)).parameters.trees.nodeCount;
    // Setosa is apart from the others after one split.
    expect(await nodes({ maxLeafNodes: 3 })).toBe(3 + 5 + 5);
    expect(await nodes({ maxDepth: 1 })).toBe(3 * 3);
    expect(await nodes({ minSamplesLeaf: 76 })).toBe(3);
  });

  it('learns that missing is a class of its own', async () => {
    const rows: TrainingRows = {
      ...APART,
      columns: [Float64Array.from(APART.labels, (label, row) => (label ? Number.NaN : row % 7))],
    };
    const model = parseModel((await fitBoosting(rows, {}, 1)).parameters);
    expect(model.predict([Number.NaN]).classProbabilities[1]).toBeGreaterThan(0.95);
    for (const value of [-5, 3, 50]) expect(model.predict([value]).classProbabilities[1]).toBeLessThan(0.05);
  });

  it('sends a missing value where most rows go, when it has seen none', async () => {
    const uneven = selectRows(APART, [...Array(70).keys()]);
    const model = parseModel((await fitBoosting(uneven, {}, 1)).parameters);
    expect(model.predict([Number.NaN])).toEqual(model.predict([0]));
  });

  it('does not diverge on a class of a few rows', async () => {
    const labels = Int32Array.from({ length: 600 }, (_, row) => (row % 200 === 0 ? 2 : row % 2));
    const column = Float64Array.from(labels, (label, row) => label + ((row * 7919) % 601) / 400);
    const rows: TrainingRows = { columns: [column], labels, levelCounts: [0], classCount: 3 };
    expect(lossOn(rows, (await fitBoosting(rows, {}, 1)).parameters)).toBeLessThan(0.35);
  });

  it('weighs classes: rows that come twice teach as rows that weigh two', async () => {
    const doubled = selectRows(IRIS, [...Array(150).keys(), ...Array(50).keys()]);
    const classWeights = Float64Array.of(2, 1, 1);
    const options = { maxIter: 3, minSamplesLeaf: 1 };
    const weighted = parseModel((await fitBoosting(IRIS, options, 1, { classWeights })).parameters);
    const repeated = parseModel((await fitBoosting(doubled, options, 1)).parameters);
    weighted.predict([5.9, 3, 4.2, 1.3]).classProbabilities.forEach((probability, index) => {
      expect(probability).toBeCloseTo(repeated.predict([5.9, 3, 4.2, 1.3]).classProbabilities[index]!, 6);
    });
  });

  it('stops when held-out rows gain no more, which it does on noise, and says so', async () => {
    const count = 400;
    const noise: TrainingRows = {
      columns: [Float64Array.from({ length: count }, (_, row) => (row * 7919) % 401)],
      labels: Int32Array.from({ length: count }, (_, row) => ((row * 104_729) % 2) ^ Number(row % 3 === 0)),
      levelCounts: [0],
      classCount: 2,
    };
    const { parameters, options } = await fitBoosting(noise, { earlyStopping: 1 }, 1);
    expect(parameters.trees.treeCount).toBeLessThan(60);
    expect(options.earlyStopping).toBe(1);
    const all = await fitBoosting(noise, {}, 1);
    expect([all.parameters.trees.treeCount, all.options.earlyStopping]).toEqual([100, 0]);
  });

  it('refuses more than a model may hold, before it learns', async () => {
    await expect(fitBoosting(IRIS, { maxIter: 10_000, maxLeafNodes: 4_096 }, 1)).rejects.toThrow(
      '10000 rounds of 3 trees of 4096 leaves are too many for a model',
    );
  });

  it('tells after each round how far it is, waits for the listener, and stops when that throws', async () => {
    const seen: string[] = [];
    await fitBoosting(APART, { maxIter: 2 }, 1, {
      async onProgress(done, total) {
        await new Promise(setImmediate);
        seen.push(`${done}/${total}`);
      },
    });
    expect(seen).toEqual(['1/2', '2/2']);
    const stop = () => {
      throw new Error('enough');
    };
    await expect(fitBoosting(APART, {}, 1, { onProgress: stop })).rejects.toThrow('enough');
  });
});
