import { selectRows } from '@iris/dataset';
import { loadIris } from '@iris/dataset/iris';
import { parseModel } from '@iris/model';
import { describe, expect, it } from 'vitest';
import { balancedWeights } from '../fit-context.ts';
import { rowMajor, type TrainingRows, trainingRows } from '../rows.ts';
import { fitForest } from './forest.ts';

const IRIS = trainingRows(loadIris());

/** Three classes that two columns tell apart, one of them with missing values. */
function madeRows(count: number): TrainingRows {
  const labels = Int32Array.from({ length: count }, (_, row) => row % 3);
  const noise = (row: number) => ((row * 7919) % 101) / 101;
  return {
    columns: [
      Float64Array.from(labels, (label, row) => (row % 5 === 0 ? Number.NaN : label + noise(row))),
      Float64Array.from(labels, (label, row) => (label === 2 ? 1 : 0) + noise(row + 13) / 2),
      Float64Array.from(labels, (_, row) => row % 4),
    ],
    labels,
    levelCounts: [0, 0, 4],
    classCount: 3,
  };
}

function accuracyOn(rows: TrainingRows, parameters: object): number {
  const { classIndexes } = parseModel(parameters).predictBatch(rowMajor(rows), rows.labels.length);
  return classIndexes.filter((label, row) => label === rows.labels[row]).length / classIndexes.length;
}

describe('fitForest', () => {
  it('gives the same bytes for a seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => fitForest(IRIS, { nEstimators: 10 }, seed)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(first));
  });

  it('grows tree i from the seed and i alone: a smaller forest is the beginning of a larger one', async () => {
    const small = await fitForest(IRIS, { nEstimators: 5 }, 3);
    const large = await fitForest(IRIS, { nEstimators: 10 }, 3);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const columns = bytes(small.parameters.trees.columns);
    expect(bytes(large.parameters.trees.columns).subarray(0, columns.length)).toEqual(columns);
  });

  it('gives the same bytes on any number of threads', async () => {
    const rows = madeRows(3000);
    const [alone, one, three] = await Promise.all(
      [0, 1, 3].map((threads) => fitForest(rows, { nEstimators: 20 }, 7, { threads })),
    );
    expect(JSON.stringify(one)).toBe(JSON.stringify(alone));
    expect(JSON.stringify(three)).toBe(JSON.stringify(alone));
  });

  it('ends its threads when the listener throws', async () => {
    const stop = () => {
      throw new Error('enough');
    };
    await expect(fitForest(madeRows(3000), {}, 1, { threads: 2, onProgress: stop })).rejects.toThrow('enough');
    const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    await expect.poll(threads).toBe(0);
  });

  it('learns iris: nearly all of the rows that it has not seen', async () => {
    const isHeld = (row: number) => row % 4 === 0;
    const all = [...IRIS.labels.keys()];
    const { parameters, options } = await fitForest(
      selectRows(
        IRIS,
        all.filter((row) => !isHeld(row)),
      ),
      {},
      1,
    );
    expect(options).toEqual({ nEstimators: 100, maxFeatures: 2, minSamplesSplit: 2, minSamplesLeaf: 1 });
    expect(accuracyOn(selectRows(IRIS, all.filter(isHeld)), parameters)).toBeGreaterThan(0.9);
  });

  it('learns from rows with missing values and predicts such rows', async () => {
    const rows = madeRows(300);
    const { parameters } = await fitForest(rows, {}, 1);
    expect(accuracyOn(rows, parameters)).toBe(1);
    const model = parseModel(parameters);
    expect(model.predict([Number.NaN, 1.2, 0]).classIndex).toBe(2);
    expect(model.predict([0.5, Number.NaN, Number.NaN]).classIndex).toBe(0);
    expect(model.predict([Number.NaN, Number.NaN, Number.NaN]).classProbabilities.every(Number.isFinite)).toBe(true);
  });

  it('has the class shares as its prior, by weight where classes have one', async () => {
    const rows = selectRows(
      IRIS,
      [...IRIS.labels.keys()].filter((row) => row < 110),
    );
    const shares = (await fitForest(rows, { nEstimators: 3 }, 1)).parameters.prior;
    expect(shares).toEqual([50 / 110, 50 / 110, 10 / 110]);
    const { prior } = (await fitForest(rows, { nEstimators: 3 }, 1, { classWeights: balancedWeights(rows) })).parameters;
    for (const share of prior) expect(share).toBeCloseTo(1 / 3, 12);
  });

  it('recognises more of a rare class whose rows weigh more', async () => {
    // One row in ten is of class 1; the only column hardly tells.
    const count = 2000;
    const labels = Int32Array.from({ length: count }, (_, row) => Number(row % 10 === 0));
    const column = Float64Array.from(labels, (label, row) => label * 0.3 + ((row * 7919) % 1009) / 1009);
    const rows: TrainingRows = { columns: [column], labels, levelCounts: [0], classCount: 2 };
    const recall = async (classWeights?: Float64Array) => {
      const { parameters } = await fitForest(rows, { minSamplesLeaf: 50, nEstimators: 20 }, 1, { classWeights });
      const { classIndexes } = parseModel(parameters).predictBatch(column, count);
      return classIndexes.filter((label, row) => label === 1 && labels[row] === 1).length / 200;
    };
    const balanced = await recall(balancedWeights(rows));
    expect(balanced).toBeGreaterThan((await recall()) + 0.1);
  });

  it('resolves its options, and refuses what is no option', async () => {
    const { options } = await fitForest(IRIS, { nEstimators: 1, maxFeatures: 10_000, maxDepth: 3 }, 1);
    expect(options).toEqual({ nEstimators: 1, maxFeatures: 4, maxDepth: 3, minSamplesSplit: 2, minSamplesLeaf: 1 });
    await expect(fitForest(IRIS, { trees: 3 }, 1)).rejects.toThrow('there is no option trees; the options are nEstimators,');
    await expect(fitForest(IRIS, { nEstimators: 0 }, 1)).rejects.toThrow('nEstimators must be an integer from 1 to 10000');
  });

  it('takes larger leaves where full trees would not fit into a model, and refuses small ones that are asked for', async () => {
    const count = 30_000;
    const noise = (seed: number) => Float64Array.from({ length: count }, (_, row) => (row * seed) % 30_011);
    const rows: TrainingRows = {
      columns: [noise(7919), noise(104_729)],
      labels: Int32Array.from({ length: count }, (_, row) => ((row * 15_485_863) % 3) % 2),
      levelCounts: [0, 0],
      classCount: 2,
    };
    let trees = 0;
    const stop = () => {
      trees += 1;
      throw new Error('enough');
    };
    await expect(fitForest(rows, { nEstimators: 2_000, minSamplesLeaf: 1 }, 1, { onProgress: stop })).rejects.toThrow(
      expect.objectContaining({ code: 'TRAINING_OPTION', message: expect.stringContaining('million nodes') }),
    );
    expect(trees).toBe(0);
    await expect(fitForest(rows, { nEstimators: 2_000 }, 1, { onProgress: stop })).rejects.toThrow('enough');
    expect(trees).toBe(1);
  });

  it('tells after each tree how far it is, waits for the listener, and stops when that throws', async () => {
    const seen: string[] = [];
    await fitForest(IRIS, { nEstimators: 3 }, 1, {
      async onProgress(done, total) {
        await new Promise(setImmediate);
        seen.push(`${done}/${total}`);
      },
    });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
    const stop = () => {
      throw new Error('enough');
    };
    await expect(fitForest(IRIS, {}, 1, { onProgress: stop })).rejects.toThrow('enough');
  });
});
